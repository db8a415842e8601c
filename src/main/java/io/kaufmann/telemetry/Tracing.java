package io.kaufmann.telemetry;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Follows an event through the service: its handling is a span, the child of the span that its headers tell of, and each record that
 * answers it is a span below that, told of in that record's headers. Thread-safe.
 *
 * <p>It is called by the threads that handle and send, so it must be quick. It cannot hurt the service: one that throws, is slow or does
 * not return is interrupted, cut off and named in the log as a {@link Telemetry} is, by the same limits. While it is cut off, no span
 * is begun or made current. Those that have begun are still closed and ended; they are not ended when {@code end} itself is what was
 * slow or did not return.
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
     * A handler is about to be called, for the first time or again; or an event is parked without being handled, behind an earlier
     * one of its key.
     *
     * @param handling the facts
     * @return the span, begun
     */
    Span handling(Handling handling);

    /**
     * A record is about to be sent that answers no event: a child of what is current on this thread, if anything is.
     *
     * @param publishing the facts, in whose headers the span's take the place of others of their names
     * @return the span, begun
     */
    Span publishing(Publishing publishing);

    /**
     * A span that has begun. Thread-safe: records may be sent in its course from any thread, while the handler runs past its time
     * limit, and after its end.
     */
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

        /**
         * Makes it current on this thread. Only of a handling.
         *
         * @return ends that; closed on the same thread
         */
        Scope open();

        /**
         * A record is about to be sent in its course, or after its end.
         *
         * @param publishing the facts, in whose headers the span's take the place of others of their names
         * @return a span below this one, begun
         */
        Span publishing(Publishing publishing);

        /**
         * The broker has the record. Only of a record that is sent.
         *
         * @param partition where it stands
         * @param offset where it stands
         */
        default void written(int partition, long offset) {}

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
     * @param messageId what its metadata says; empty for none, and when it could not be decoded
     * @param attempt how often it has been handled with this time; 0 for one that is parked and not handled
     * @param headers its headers, to be read
     */
    record Handling(
            String event,
            String topic,
            int partition,
            long offset,
            String consumerGroup,
            Optional<String> messageId,
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
