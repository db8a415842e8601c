package io.kaufmann.internal.work;

import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.telemetry.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * Sends some records and hears of all of them: whoever brings the last answer passes the whole on. That is once, unless records that
 * were kept can never be written: each of these passes it on once more. Thread-safe.
 */
final class Sending {

    private final List<OutgoingRecord> records;
    private final AtomicReferenceArray<PublishException> errors;
    private final AtomicInteger open;
    private final Delivery delivery;
    private final Tracing.Span span;
    private final Consumer<Sending> whenAnswered;

    private Sending(
            List<OutgoingRecord> records, Delivery delivery, Tracing.Span span, Consumer<Sending> whenAnswered) {
        this.records = records;
        this.errors = new AtomicReferenceArray<>(records.size());
        this.open = new AtomicInteger(records.size());
        this.delivery = delivery;
        this.span = span;
        this.whenAnswered = whenAnswered;
    }

    /**
     * Answers an event with them all, in order, those that are still wanted then, in the course of a span. The answers may come at once,
     * on this thread.
     */
    static void of(
            List<OutgoingRecord> records,
            Delivery delivery,
            Outbox outbox,
            Tracing.Span span,
            Consumer<Sending> whenAnswered) {
        Sending sending = new Sending(records, delivery, span, whenAnswered);
        if (records.isEmpty()) {
            whenAnswered.accept(sending);
            return;
        }
        for (int i = 0; i < records.size(); i++) {
            outbox.answer(delivery, records.get(i), sending.new Answer(i));
        }
    }

    /** The records that an outage kept from being written, in their order. */
    List<OutgoingRecord> toRepeat() {
        return withError(true);
    }

    /** The records that can never be written, in their order. */
    List<OutgoingRecord> rejected() {
        return withError(false);
    }

    private List<OutgoingRecord> withError(boolean retriable) {
        List<OutgoingRecord> some = new ArrayList<>(0);
        for (int i = 0; i < records.size(); i++) {
            PublishException error = errors.get(i);
            if (error != null && error.retriable() == retriable) {
                some.add(records.get(i));
            }
        }
        return some;
    }

    /** Why a record was not written. */
    PublishException error(OutgoingRecord record) {
        return errors.get(records.indexOf(record));
    }

    /** The first record's error, if it has one. */
    Optional<PublishException> firstError() {
        return Optional.ofNullable(errors.get(0));
    }

    private void answered() {
        if (open.decrementAndGet() == 0) {
            whenAnswered.accept(this);
        }
    }

    /** Hears of one record. */
    private final class Answer implements Outbox.Acknowledgement {

        private final int index;
        // Whoever's that holds the delivery.
        private boolean kept;

        Answer(int index) {
            this.index = index;
        }

        @Override
        public boolean isWanted() {
            return !delivery.assignment().isAbandoned();
        }

        @Override
        public Optional<Tracing.Span> span() {
            return Optional.of(span);
        }

        @Override
        public void kept() {
            kept = true;
            answered();
        }

        @Override
        public void written(Written written) {
            if (!kept) {
                answered();
            }
        }

        @Override
        public void failed(PublishException error) {
            if (kept) {
                // What became of the others is told and done with.
                for (int i = 0; i < errors.length(); i++) {
                    errors.set(i, null);
                }
            }
            errors.set(index, error);
            if (kept) {
                whenAnswered.accept(Sending.this);
            } else {
                answered();
            }
        }
    }
}
