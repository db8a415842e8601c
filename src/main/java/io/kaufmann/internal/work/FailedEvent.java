package io.kaufmann.internal.work;

import io.kaufmann.handler.DeadLetter.Stage;
import io.kaufmann.health.Ending;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.ErrorTexts;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.handoff.ParkedKeys;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Target;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * What is owed for an event that failed for good: its dead letter first, if one is to be kept, and then its error event.
 *
 * <p>A dead letter that cannot be written is tried again and again, unless that is its record's own fault: then the error event
 * alone tells of it. So is an error event that cannot be written to the default topic, unless the dead letter is written: nothing
 * vanishes in silence. An error event that cannot be written to the callback topic alone is given up there.
 */
final class FailedEvent {

    private final Debt debt;
    private final Failure failure;
    // What is done with it when there is no dead letter to be kept.
    private final Runnable otherwise;
    // These are whoever's that holds the delivery.
    private final Tries keeping = new Tries();
    private final Tries telling = new Tries();
    private boolean kept;
    private boolean toldAsText;
    // Where the round of its key ended before it was parked.
    private long roundBefore;

    /** An event that failed. */
    FailedEvent(Debt debt, Failure failure) {
        this.debt = debt;
        this.failure = failure;
        this.otherwise = this::tell;
    }

    /** An event that is to be parked, or else handled. */
    private FailedEvent(Debt debt, Failure failure, Delivery.Step handle) {
        this.debt = debt;
        this.failure = failure;
        this.otherwise = () -> {
            debt.log(
                    "parked",
                    failure.error(),
                    "it is handled out of its order: no topic is named for it to be parked in");
            debt.delivery().resume(handle);
        };
    }

    /**
     * Parks an event behind an earlier one of its key that went to the dead letters, if there is one. False when there is none.
     * Worker thread.
     *
     * @param handle handles it, if the rule for dead letters names no topic to park it in
     */
    static boolean park(Debt debt, Delivery.Step handle) {
        Optional<String> key = debt.parkingKey();
        if (key.isEmpty()) {
            return false;
        }
        Delivery delivery = debt.delivery();
        OptionalLong behind = delivery.assignment()
                .parked()
                .behind(
                        key.get(),
                        delivery.record().offset(),
                        debt.means().deadLetters().letterOffset(delivery.record()));
        behind.ifPresent(offset -> {
            String why =
                    "parked, not handled: the event of the same key at offset " + offset + " is in the dead letters";
            new FailedEvent(debt.parked(), new Failure(Stage.PARKED, why), handle).keep();
        });
        return behind.isPresent();
    }

    /** Begins with the dead letter. Worker thread. */
    void keep() {
        Optional<OutgoingRecord> letter;
        try {
            letter = debt.means().deadLetters().prepare(debt, failure);
        } catch (PublishException e) {
            keepLater(e);
            return;
        }
        if (letter.isPresent()) {
            debt.send(List.of(letter.get()), sending -> keptOrNot(sending.firstError()));
        } else {
            otherwise.run();
        }
    }

    private void keepLater(PublishException problem) {
        debt.later(keeping, problem, "its dead letter", this::keep);
    }

    /** The dead letter was answered. Any thread. */
    private void keptOrNot(Optional<PublishException> error) {
        if (error.isEmpty()) {
            debt.means().outages().notMet();
            kept = true;
            debt.means().telemetry().deadLettered(debt.delivery(), failure.stage());
            debt.delivery().endsAs(failure.stage() == Stage.PARKED ? Ending.PARKED : Ending.DEAD_LETTERED);
            debt.acknowledged();
            debt.delivery().resume(seat -> noteKept());
            return;
        }
        forgetLetter();
        if (isOfTheRecord(error.get().getCause())) {
            debt.log("dead letter", error.get(), "the topic for dead letters never takes it, so it is not kept");
            debt.delivery().resume(seat -> tell());
        } else {
            keepLater(error.get());
        }
    }

    /** When it was kept for a transaction, all has gone on from there. */
    private void forgetLetter() {
        if (kept) {
            kept = false;
            debt.forgetKept();
            ParkedKeys parked = debt.delivery().assignment().parked();
            long offset = debt.delivery().record().offset();
            debt.parkingKey().ifPresent(key -> {
                if (failure.stage() == Stage.PARKED) {
                    parked.notParked(key, offset, roundBefore);
                } else {
                    parked.withdrawn(key, offset);
                }
            });
        }
    }

    /** Whether a topic refused the record for what it is, and will again: its size, its timestamp, that it has no key. */
    private static boolean isOfTheRecord(Throwable refusal) {
        return refusal instanceof RecordTooLargeException
                || refusal instanceof RecordBatchTooLargeException
                || refusal instanceof InvalidTimestampException
                || refusal instanceof InvalidRecordException;
    }

    private void noteKept() {
        Delivery delivery = debt.delivery();
        long offset = delivery.record().offset();
        ParkedKeys parked = delivery.assignment().parked();
        Optional<String> key = debt.parkingKey();
        if (failure.stage() == Stage.PARKED) {
            key.ifPresent(text -> roundBefore = parked.parked(text, offset));
            delivery.finish(Outcome.DONE);
            return;
        }
        if (key.isPresent() && !parked.failed(key.get(), offset)) {
            debt.log(
                    "parking",
                    failure.error(),
                    "later events of its key are not parked behind it: " + ParkedKeys.MOST
                            + " keys of its partition are parked already");
        }
        tell();
    }

    /** Tells of the failure: in the log, and by an error event. */
    private void tell() {
        if (!kept) {
            debt.delivery().endsAs(Ending.FAILED);
        }
        String letter = kept ? "; it is kept in the dead letters" : "";
        if (debt.isErrorEvent()) {
            debt.logForGood(failure.error(), "an error event gets no error event, so it ends here" + letter);
            end();
        } else {
            debt.logForGood(failure.error(), "it is answered by an error event" + letter);
            sendError(failure.error(), true);
        }
    }

    /** One that is kept began a round of its key; any other is through, which may end one. */
    private void end() {
        if (kept) {
            debt.delivery().finish(Outcome.DONE);
        } else {
            debt.settle();
        }
    }

    private void sendError(Object error, boolean toCallback) {
        List<OutgoingRecord> records;
        try {
            records = debt.means().errorEvents().prepare(debt.delivery().name(), debt.cause(), error, toCallback);
        } catch (PublishException e) {
            if (kept && !debt.isOutage(e, telling)) {
                endWithoutErrorEvent(e);
            } else {
                tellLater(e, () -> sendError(error, toCallback));
            }
            return;
        }
        repeatError(records, error);
    }

    private void repeatError(List<OutgoingRecord> records, Object error) {
        debt.send(records, sending -> told(sending, error));
    }

    /** The error event's records were answered. Any thread. */
    private void told(Sending sending, Object error) {
        Optional<OutgoingRecord> owed = sending.rejected().stream()
                .filter(record -> !(record.target() instanceof Target.Callback))
                .findFirst();
        List<OutgoingRecord> rest = sending.toRepeat();
        if (owed.isPresent() && kept && toldAsText) {
            endWithoutErrorEvent(sending.error(owed.get()));
        } else if (owed.isPresent()) {
            // As plain text, since it may be too large as it is; and to the callback topic only if an outage kept it
            // from there: otherwise whoever awaits it has it or cannot get it.
            boolean toCallback = rest.stream().anyMatch(record -> record.target() instanceof Target.Callback);
            toldAsText = true;
            tellLater(sending.error(owed.get()), () -> sendError(ErrorTexts.text(error), toCallback));
        } else if (!rest.isEmpty()) {
            tellLater(sending.error(rest.get(0)), () -> repeatError(rest, error));
        } else {
            sending.rejected()
                    .forEach(record ->
                            debt.log("callback", sending.error(record), "its error event is on the default topic"));
            debt.means().outages().notMet();
            debt.means().telemetry().errorSent(debt.delivery());
            debt.acknowledged();
            end();
        }
    }

    private void endWithoutErrorEvent(PublishException problem) {
        debt.log("error event", problem, "its error event cannot be written; it is kept in the dead letters");
        debt.delivery().finish(Outcome.DONE);
    }

    private void tellLater(PublishException problem, Runnable step) {
        debt.later(telling, problem, "its error event", step);
    }
}
