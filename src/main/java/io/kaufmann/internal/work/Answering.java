package io.kaufmann.internal.work;

import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNaming;
import io.kaufmann.event.Meta;
import io.kaufmann.handler.Result;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.Outbox.Cause;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.time.Backoff;
import io.kaufmann.internal.time.Timer;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is owed for one handled event: its replies, or its error event, until the broker has acknowledged them.
 *
 * <p>What an outage kept back is sent again, the same records, as long as the assignment lasts. What can never be written is
 * the event's failure and becomes an error event. An error event that cannot be written to the default topic is tried again
 * and again, so that nothing vanishes in silence; one that cannot be written to the callback topic alone is given up there.
 */
final class Answering {

    private final Delivery delivery;
    private final Cause cause;
    private final Means means;

    Answering(Delivery delivery, Cause cause, Means means) {
        this.delivery = delivery;
        this.cause = cause;
        this.means = means;
    }

    /** What all answers of a service are given with. */
    record Means(
            EventNaming naming,
            Outbox outbox,
            ErrorEvents errorEvents,
            Timer timer,
            Backoff backoff,
            Outages outages,
            FailureLog failures) {}

    /** Answers with what the handler returned. Worker thread. */
    void answer(Result result) {
        if (delivery.assignment().isAbandoned()) {
            // Its next owner handles it again: what came of it here is neither sent nor told.
            delivery.finish(Outcome.DROPPED);
        } else if (result instanceof Result.Reply reply) {
            reply(reply.publications(), 1);
        } else if (result instanceof Result.Failure failure) {
            fail(failure.error());
        } else {
            delivery.finish(Outcome.DONE);
        }
    }

    private void reply(List<Publication> publications, int tries) {
        List<OutgoingRecord> records = new ArrayList<>(publications.size());
        try {
            for (Publication publication : publications) {
                records.addAll(means.outbox().prepare(publication, Optional.of(cause)));
            }
        } catch (PublishException e) {
            if (e.retriable()) {
                later(tries, e, () -> reply(publications, tries + 1));
            } else {
                fail(e);
            }
            return;
        }
        send(records, 1, Optional.empty());
    }

    private void send(List<OutgoingRecord> records, int tries, Optional<PublishException> rejection) {
        send(records, sending -> replied(sending, tries, rejection));
    }

    /** The one way out. Encoding may have taken its time, so here it is asked whether the assignment still lasts. */
    private void send(List<OutgoingRecord> records, Consumer<Sending> whenAnswered) {
        if (delivery.assignment().isAbandoned()) {
            delivery.finish(Outcome.DROPPED);
        } else {
            Sending.of(records, means.outbox(), whenAnswered);
        }
    }

    /** All replies were answered. Any thread, so what is more than passing on is left to a worker. */
    private void replied(Sending sending, int tries, Optional<PublishException> earlier) {
        Optional<PublishException> rejection =
                earlier.or(() -> sending.rejected().stream().findFirst().map(sending::error));
        List<OutgoingRecord> rest = sending.toRepeat();
        if (!rest.isEmpty()) {
            later(tries, sending.error(rest.get(0)), () -> send(rest, tries + 1, rejection));
        } else if (rejection.isPresent()) {
            delivery.resume(() -> fail(rejection.get()));
        } else {
            means.outages().notMet();
            delivery.finish(Outcome.DONE);
        }
    }

    private void fail(Object error) {
        String kind = delivery.name().map(EventName::base).orElse("")
                + ' '
                + (error instanceof Throwable ? error.getClass().getName() : "");
        if (isErrorEvent()) {
            means.failures().failed(delivery, kind, "an error event gets no error event, so it ends here", error);
            delivery.finish(Outcome.DONE);
            return;
        }
        means.failures().failed(delivery, kind, "it is answered by an error event", error);
        sendError(error, 1, true);
    }

    /** By its name; where the Avro record is the name, which all error events share, by that in the metadata too. */
    private boolean isErrorEvent() {
        Optional<EventName> toldByMeta = means.naming().isByRecord()
                ? cause.meta().flatMap(Meta::messageName).map(EventName::of)
                : Optional.empty();
        return Stream.concat(delivery.name().stream(), toldByMeta.stream()).anyMatch(EventName::isError);
    }

    private void sendError(Object error, int tries, boolean toCallback) {
        List<OutgoingRecord> records;
        try {
            records = means.errorEvents().prepare(delivery.name(), cause, error, toCallback);
        } catch (PublishException e) {
            later(tries, e, () -> sendError(error, tries + 1, toCallback));
            return;
        }
        repeatError(records, tries, error);
    }

    private void repeatError(List<OutgoingRecord> records, int tries, Object error) {
        send(records, sending -> errorSent(sending, tries, error));
    }

    /** The error event's records were answered. Any thread. */
    private void errorSent(Sending sending, int tries, Object error) {
        Optional<OutgoingRecord> owed = sending.rejected().stream()
                .filter(record -> !(record.target() instanceof Target.Callback))
                .findFirst();
        List<OutgoingRecord> rest = sending.toRepeat();
        if (owed.isPresent()) {
            // As plain text, since it may be too large as it is; and to the callback topic only if an outage kept it
            // from
            // there: otherwise whoever awaits it has it or cannot get it.
            boolean toCallback = rest.stream().anyMatch(record -> record.target() instanceof Target.Callback);
            later(tries, sending.error(owed.get()), () -> sendError(ErrorEvents.text(error), tries + 1, toCallback));
        } else if (!rest.isEmpty()) {
            later(tries, sending.error(rest.get(0)), () -> repeatError(rest, tries + 1, error));
        } else {
            sending.rejected()
                    .forEach(record -> means.failures()
                            .failed(
                                    delivery,
                                    "callback",
                                    "its error event is on the default topic",
                                    sending.error(record)));
            means.outages().notMet();
            delivery.finish(Outcome.DONE);
        }
    }

    /** Goes on after a while, on a worker. */
    private void later(int tries, PublishException problem, Runnable step) {
        if (problem.retriable()) {
            means.outages().met(delivery, problem.getMessage());
        } else {
            means.failures()
                    .failed(
                            delivery,
                            "error event",
                            "its error event cannot be written either, and is tried again; until then its partition is"
                                    + " not committed past it",
                            problem);
        }
        means.timer().after(means.backoff().after(tries), () -> delivery.resume(step));
    }
}
