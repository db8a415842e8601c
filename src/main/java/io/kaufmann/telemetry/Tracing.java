package io.kaufmann.telemetry;

import org.apache.kafka.common.header.Headers;

/**
 * Follows an event through the service: its handling is a span, the child of the span that its headers tell of, and each record that
 * answers it is a span below that, told of in that record's headers. Thread-safe.
 */
public interface Tracing {

    /** Follows nothing. */
    Tracing NONE = new Tracing() {

        @Override
        public Span handling(Handling handling) {
            return Span.NONE;
        }

        @Override
        public Span publishing(Publishing publishing) {
            return Span.NONE;
        }
    };

    /**
     * A handler is about to be called, for the first time or again.
     *
     * @param handling the facts
     * @return the span, begun
     */
    Span handling(Handling handling);

    /**
     * A record is about to be sent that answers no event: a child of what is current on this thread, if anything is.
     *
     * @param publishing the facts, whose headers get the span's
     * @return the span, begun
     */
    Span publishing(Publishing publishing);

    /** A span that has begun. Thread-safe, as far as one thread at a time has it. */
    interface Span {

        /** Of nothing. */
        Span NONE = new Span() {

            @Override
            public Scope open() {
                return () -> {};
            }

            @Override
            public Span publishing(Publishing publishing) {
                return NONE;
            }

            @Override
            public void failed(Throwable error) {}

            @Override
            public void end() {}
        };

        /** Makes it current on this thread, until the scope is closed on the same thread. */
        Scope open();

        /**
         * A record is about to be sent in its course, or after its end.
         *
         * @param publishing the facts, whose headers get the span's
         * @return a span below this one, begun
         */
        Span publishing(Publishing publishing);

        /**
         * It went wrong.
         *
         * @param error by what
         */
        void failed(Throwable error);

        /** It is over. */
        void end();
    }

    /** What makes a span current. */
    @FunctionalInterface
    interface Scope extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * A handler is about to be called.
     *
     * @param event the event's name, without the ordering key
     * @param topic where it came from
     * @param partition where it came from
     * @param offset where it came from
     * @param consumerGroup the group it was read by
     * @param attempt how often it has been handled with this time
     * @param headers its headers, to be read
     */
    record Handling(
            String event,
            String topic,
            int partition,
            long offset,
            String consumerGroup,
            int attempt,
            Headers headers) {}

    /**
     * A record is about to be sent.
     *
     * @param event its event's name, without the ordering key
     * @param topic where it goes
     * @param headers its headers, to be written to
     */
    record Publishing(String event, String topic, Headers headers) {}
}
