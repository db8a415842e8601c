package io.kaufmann.internal.work;

import static io.kaufmann.internal.time.Durations.shorter;

import io.kaufmann.handler.DeadLetter;
import io.kaufmann.handler.Result;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.handoff.Stage;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives what a handler returned for an event: its replies, until the broker has acknowledged them; another attempt; or what
 * is owed for a failure.
 *
 * <p>What an outage kept back is sent again, the same records, as long as the assignment lasts. What can never be written is the
 * event's failure.
 */
final class Answering {

    // Much longer than anybody wants, and short enough to be counted in any unit.
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private final Debt debt;

    Answering(Debt debt) {
        this.debt = debt;
    }

    /** Answers, or has the next attempt made. Worker thread. */
    void answer(Result result, Delivery.Step again) {
        if (debt.delivery().assignment().isAbandoned()) {
            // Its next owner handles it again: what came of it here is neither sent nor told.
            debt.delivery().finish(Outcome.DROPPED);
        } else if (result instanceof Result.Reply reply) {
            reply(reply.publications(), new Tries());
        } else if (result instanceof Result.Failure failure) {
            retryOrFail(failure.error(), again);
        } else {
            debt.settle();
        }
    }

    private void retryOrFail(Object error, Delivery.Step again) {
        if (debt.isNotDecodable(error)) {
            fail(DeadLetter.Stage.DECODE, error);
            return;
        }
        Optional<Duration> delay = error instanceof Throwable thrown ? nextDelay(thrown) : Optional.empty();
        if (delay.isEmpty()) {
            fail(DeadLetter.Stage.HANDLE, error);
            return;
        }
        debt.log(error, "it is handled again in " + delay.get().toMillis() + " ms");
        Delivery delivery = debt.delivery();
        debt.means().telemetry().retried(delivery, delay.get());
        delivery.nextAttempt();
        delivery.enter(Stage.RETRYING, debt.means().clock().nanos());
        // Nothing of it is on its way out: a revoke need not wait for the next attempt, its next owner makes it.
        delivery.unstart();
        delivery.sleep(again);
        debt.means().timer().after(delay.get(), delivery::wake);
    }

    private Optional<Duration> nextDelay(Throwable error) {
        Optional<Duration> delay;
        try {
            delay = debt.means().retries().nextDelay(debt.delivery().attempt(), error);
        } catch (Throwable e) {
            debt.log("retry policy", e, "its retry policy threw, so there is no further attempt");
            return Optional.empty();
        }
        if (delay == null) {
            debt.log("retry policy", error, "its retry policy returned null, so there is no further attempt");
            return Optional.empty();
        }
        return delay.map(wait -> shorter(wait, LONGEST_WAIT)).map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private void reply(List<Publication> publications, Tries tries) {
        List<OutgoingRecord> records = new ArrayList<>(publications.size());
        try {
            for (Publication publication : publications) {
                records.addAll(debt.prepare(publication));
            }
        } catch (PublishException e) {
            if (debt.isOutage(e, tries)) {
                debt.later(tries, e, "a reply", () -> reply(publications, tries));
            } else {
                fail(DeadLetter.Stage.PUBLISH, e);
            }
            return;
        }
        send(records, new Tries(), Optional.empty());
    }

    private void send(List<OutgoingRecord> records, Tries tries, Optional<PublishException> rejection) {
        debt.send(records, sending -> replied(sending, tries, rejection));
    }

    /** All replies were answered. Any thread, so what is more than passing on is left to a worker. */
    private void replied(Sending sending, Tries tries, Optional<PublishException> earlier) {
        Optional<PublishException> rejection =
                earlier.or(() -> sending.rejected().stream().findFirst().map(sending::error));
        List<OutgoingRecord> rest = sending.toRepeat();
        if (!rest.isEmpty()) {
            debt.later(tries, sending.error(rest.get(0)), "a reply", () -> send(rest, tries, rejection));
        } else if (rejection.isPresent()) {
            debt.delivery().resume(seat -> fail(DeadLetter.Stage.PUBLISH, rejection.get()));
        } else {
            debt.means().outages().notMet();
            debt.acknowledged();
            debt.settle();
        }
    }

    private void fail(DeadLetter.Stage stage, Object error) {
        debt.forgetKept();
        new FailedEvent(debt, new Failure(stage, error)).keep();
    }
}
