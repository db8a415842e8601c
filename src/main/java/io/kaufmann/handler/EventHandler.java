package io.kaufmann.handler;

import io.kaufmann.event.ErrorEvent;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventNames;

/**
 * What a service does with its events. Called by many threads at once: it must be thread-safe.
 *
 * <p>Delivery is at least once: after a crash, an event may come again.
 */
@FunctionalInterface
public interface EventHandler {

    /**
     * Handles an event. The event is done when this has returned and the broker has acknowledged every reply.
     *
     * @param event the decoded event
     * @return what to answer
     * @throws Exception whatever goes wrong: it becomes an {@code event.error.<name>}
     */
    Result givenEvent(Event event) throws Exception;

    /**
     * The events this handler accepts; all others are passed over without being decoded. Asked when the service is configured
     * and when it starts: the answer must not change.
     */
    default EventNames handledEvents() {
        return EventNames.all();
    }

    /**
     * Handles an event that could not be decoded. Unless overridden, it is answered by an error event.
     *
     * @param error the event and why it could not be decoded
     * @return what to answer
     * @throws Exception whatever goes wrong: it becomes an {@code event.error.<name>}
     */
    default Result givenError(ErrorEvent error) throws Exception {
        return Result.failure(error.error());
    }
}
