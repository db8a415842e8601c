package io.kaufmann.internal.handoff;

import io.kaufmann.event.ConsumedRecord;
import io.kaufmann.event.Meta;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.telemetry.Tracing;
import java.util.List;
import java.util.Optional;

/**
 * Where events leave the service, in two steps: what cannot be written is found before anything is sent, and what is sent
 * again is the same record, with the same message id. Thread-safe.
 */
public interface Outbox {

    /**
     * Makes the records of a publication: one for each target.
     *
     * @param publication what is to be sent
     * @param cause the event it answers
     * @throws PublishException when it does not fit its schema, or may not go to a target, or the registry is away
     */
    List<OutgoingRecord> prepare(Publication publication, Optional<Cause> cause);

    /** The same for an event without metadata of its own: an error event of a record that could not be decoded. */
    List<OutgoingRecord> prepareWithoutMeta(Publication publication, Cause cause);

    /** Sends a record. Never waits: not for metadata, not for the acknowledgement. */
    void send(OutgoingRecord record, Acknowledgement acknowledgement);

    /**
     * Takes an answer to an event: sends it, or keeps it with the delivery for the transaction that commits it. Never waits.
     *
     * @param delivery the event, which the caller holds until the answer is acknowledged or kept
     */
    default void answer(Delivery delivery, OutgoingRecord record, Acknowledgement acknowledgement) {
        send(record, acknowledgement);
    }

    /**
     * The event that a publication answers.
     *
     * @param record where it came from
     * @param event the event; empty when it could not be decoded
     * @param span its handling's, as far as that has begun
     */
    record Cause(ConsumedRecord record, Optional<io.kaufmann.event.Event> event, Tracing.Span span) {

        /** One that is not handled yet, or not followed. */
        public Cause(ConsumedRecord record, Optional<io.kaufmann.event.Event> event) {
            this(record, event, Tracing.Span.NONE);
        }

        /** The same in the course of a span. */
        public Cause within(Tracing.Span handling) {
            return new Cause(record, event, handling);
        }

        /** The metadata of the event; empty when it could not be decoded. */
        public Optional<Meta> meta() {
            return event.map(io.kaufmann.event.Event::meta);
        }
    }

    /** Hears once what became of a record, on any thread; of one that is kept, twice. It must be quick and must not block. */
    interface Acknowledgement {

        /** Whether the record is still to be sent. Asked when it has its topic looked up, which may have taken a while. */
        default boolean isWanted() {
            return true;
        }

        /** The span in whose course it is sent; empty for what answers no event. */
        default Optional<Tracing.Span> span() {
            return Optional.empty();
        }

        /**
         * It is kept with its event: for now that is as good as written, and whoever waits for it goes on. When it can never be written
         * after all, the event is opened again, and hears that by {@link #failed}.
         */
        default void kept() {
            throw new UnsupportedOperationException("It was to be sent at once. This is a bug in Kaufmann");
        }

        /** What was kept will not be written: its event comes again, or something else has come of it. */
        default void dropped() {}

        /** The broker has it. */
        void written(Written written);

        /** It was not written, or nobody knows. */
        void failed(PublishException error);
    }
}
