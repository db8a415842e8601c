package io.kaufmann.publish;

import java.util.concurrent.CompletableFuture;

/**
 * Sends events from outside a handler, through the service's one producer. Thread-safe.
 *
 * <p>Publishing may wait for the schema registry, and for room in the producer's buffer. The futures complete on threads that
 * send for all: what is chained to them must not block; use the {@code ...Async} methods where it does.
 */
public interface Publisher {

    /**
     * Sends an event.
     *
     * @param publication the event and where it goes; a callback target has nobody to answer here and is no record
     * @return done when the broker has acknowledged every record of it; otherwise failed with a {@link PublishException}
     *     that says whether trying again can help
     */
    CompletableFuture<Published> publish(Publication publication);

    /**
     * Sends an event to where the topic strategy says: as a rule the default topic.
     *
     * @param name the event's name
     * @param payload what happened
     * @return as in {@link #publish(Publication)}
     */
    default CompletableFuture<Published> publish(String name, Object payload) {
        return publish(Publication.of(name, payload));
    }
}
