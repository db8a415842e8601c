package io.kaufmann.internal.work;

import io.kaufmann.handler.DeadLetter.Stage;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Target;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * What is owed for an event that failed for good: its dead letter first, if one is to be kept, and then its error event.
 *
 * <p>A dead letter that cannot be written is tried again and again, unless it is too large for any topic. So is an error event
 * that cannot be written to the default topic, unless the dead letter is written: nothing vanishes in silence. An error event
 * that cannot be written to the callback topic alone is given up there.
 */
final class FailedEvent {

    private final Debt debt;
    private final Failure failure;
    // Whether the dead letter is written. Whoever holds the delivery.
    private boolean kept;

    FailedEvent(Debt debt, Failure failure) {
        this.debt = debt;
        this.failure = failure;
    }

    /**
     * Parks an event behind an earlier one of its key that went to the dead letters, if there is one. False when there is none.
     * Worker thread.
     */
    static boolean park(Debt debt) {
        Optional<String> key = debt.means().deadLetters().parking() ? debt.orderingKey() : Optional.empty();
        if (key.isEmpty()) {
            return false;
        }
        Delivery delivery = debt.delivery();
        OptionalLong behind =
                delivery.assignment().parked().behind(key.get(), DeadLetterRecords.letterOffset(delivery.record()));
        behind.ifPresent(offset -> new FailedEvent(
                        debt,
                        new Failure(
                                Stage.PARKED,
                                "parked, not handled: the event of the same key at offset " + offset
                                        + " is in the dead letters"))
                .keep());
        return behind.isPresent();
    }

    /** Begins with the dead letter. Worker thread. */
    void keep() {
        keep(1);
    }

    private void keep(int tries) {
        Optional<OutgoingRecord> letter;
        try {
            letter = debt.means().deadLetters().prepare(debt, failure);
        } catch (PublishException e) {
            keepLater(tries, e);
            return;
        }
        if (letter.isPresent()) {
            debt.send(List.of(letter.get()), sending -> keptOrNot(sending.firstError(), tries));
        } else {
            tell();
        }
    }

    private void keepLater(int tries, PublishException problem) {
        debt.later(tries, problem, "its dead letter", () -> keep(tries + 1));
    }

    /** The dead letter was answered. Any thread. */
    private void keptOrNot(Optional<PublishException> error, int tries) {
        if (error.isEmpty()) {
            debt.means().outages().notMet();
            kept = true;
            debt.delivery().resume(seat -> noteKept());
        } else if (error.get().getCause() instanceof RecordTooLargeException && failure.stage() != Stage.PARKED) {
            debt.log("dead letter", error.get(), "it is too large for the dead letters, and not kept");
            debt.delivery().resume(seat -> tell());
        } else {
            keepLater(tries, error.get());
        }
    }

    private void noteKept() {
        Delivery delivery = debt.delivery();
        long offset = delivery.record().offset();
        Optional<String> key = debt.means().deadLetters().parking() ? debt.orderingKey() : Optional.empty();
        if (failure.stage() == Stage.PARKED) {
            key.ifPresent(parked -> delivery.assignment().parked().parked(parked, offset));
            delivery.finish(Outcome.DONE);
        } else {
            key.ifPresent(failed -> delivery.assignment().parked().failed(failed, offset));
            tell();
        }
    }

    /** Tells of the failure: in the log, and by an error event. */
    private void tell() {
        String letter = kept ? "; it is kept in the dead letters" : "";
        if (debt.isErrorEvent()) {
            debt.log(failure.error(), "an error event gets no error event, so it ends here" + letter);
            debt.delivery().finish(Outcome.DONE);
        } else {
            debt.log(failure.error(), "it is answered by an error event" + letter);
            sendError(failure.error(), 1, true);
        }
    }

    private void sendError(Object error, int tries, boolean toCallback) {
        List<OutgoingRecord> records;
        try {
            records = debt.means().errorEvents().prepare(debt.delivery().name(), debt.cause(), error, toCallback);
        } catch (PublishException e) {
            if (kept && !debt.isOutage(e, tries)) {
                endWithoutErrorEvent(e);
            } else {
                tellLater(tries, e, () -> sendError(error, tries + 1, toCallback));
            }
            return;
        }
        repeatError(records, tries, error);
    }

    private void repeatError(List<OutgoingRecord> records, int tries, Object error) {
        debt.send(records, sending -> told(sending, tries, error));
    }

    /** The error event's records were answered. Any thread. */
    private void told(Sending sending, int tries, Object error) {
        Optional<OutgoingRecord> owed = sending.rejected().stream()
                .filter(record -> !(record.target() instanceof Target.Callback))
                .findFirst();
        List<OutgoingRecord> rest = sending.toRepeat();
        if (owed.isPresent() && kept && tries > 1) {
            endWithoutErrorEvent(sending.error(owed.get()));
        } else if (owed.isPresent()) {
            // As plain text, since it may be too large as it is; and to the callback topic only if an outage kept it
            // from
            // there: otherwise whoever awaits it has it or cannot get it.
            boolean toCallback = rest.stream().anyMatch(record -> record.target() instanceof Target.Callback);
            tellLater(
                    tries, sending.error(owed.get()), () -> sendError(ErrorEvents.text(error), tries + 1, toCallback));
        } else if (!rest.isEmpty()) {
            tellLater(tries, sending.error(rest.get(0)), () -> repeatError(rest, tries + 1, error));
        } else {
            sending.rejected()
                    .forEach(record ->
                            debt.log("callback", sending.error(record), "its error event is on the default topic"));
            debt.means().outages().notMet();
            debt.delivery().finish(Outcome.DONE);
        }
    }

    private void endWithoutErrorEvent(PublishException problem) {
        debt.log("error event", problem, "its error event cannot be written; it is kept in the dead letters");
        debt.delivery().finish(Outcome.DONE);
    }

    private void tellLater(int tries, PublishException problem, Runnable step) {
        debt.later(tries, problem, "its error event", step);
    }
}
