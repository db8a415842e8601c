package io.kaufmann.handler;

import io.kaufmann.publish.Publication;
import java.util.List;
import java.util.Objects;

/** What a handler answers: events to send, nothing, or a failure. Immutable and thread-safe as far as payloads are. */
public sealed interface Result {

    /**
     * Events to send. The handled event is done once the broker has acknowledged all of them.
     *
     * @param publications what to send, in this order; one that an outage held back may come after its successors
     */
    record Reply(List<Publication> publications) implements Result {

        /** Copies the list. */
        public Reply {
            publications = List.copyOf(publications);
        }
    }

    /** Nothing to send. */
    record NoReply() implements Result {}

    /**
     * The event failed: an {@code event.error.<name>} goes to the default and the callback topic.
     *
     * @param error what its {@code error} field will tell: a text, a structure that the schema knows, or a throwable
     */
    record Failure(Object error) implements Result {

        /** Checks that there is an error. */
        public Failure {
            Objects.requireNonNull(error, "error");
        }
    }

    /**
     * One event, to where the topic strategy says.
     *
     * @param name the event's name
     * @param payload what happened
     * @return the result
     */
    static Result reply(String name, Object payload) {
        return reply(Publication.of(name, payload));
    }

    /**
     * Events to send.
     *
     * @param publications what to send, in this order
     * @return the result
     */
    static Result reply(Publication... publications) {
        return reply(List.of(publications));
    }

    /**
     * Events to send.
     *
     * @param publications what to send, in this order
     * @return the result
     */
    static Result reply(List<Publication> publications) {
        return new Reply(publications);
    }

    /** Nothing to send. */
    static Result noReply() {
        return new NoReply();
    }

    /**
     * The event failed.
     *
     * @param error what the error event tells: a text, or a structure that its schema knows
     * @return the result
     */
    static Result failure(Object error) {
        return new Failure(error);
    }

    /**
     * The event failed.
     *
     * @param error what went wrong; the error event tells its class and message
     * @return the result
     */
    static Result failure(Throwable error) {
        return new Failure(error);
    }
}
