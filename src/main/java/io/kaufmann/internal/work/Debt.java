package io.kaufmann.internal.work;

import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNaming;
import io.kaufmann.event.Meta;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.Outbox.Cause;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.handoff.Stage;
import io.kaufmann.internal.time.Backoff;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Timer;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An event for which something has to be acknowledged before it is done, and the means to bring that about. */
record Debt(Delivery delivery, Cause cause, Means means) {

    /** What all events of a service are answered with. */
    record Means(
            EventNaming naming,
            Outbox outbox,
            ErrorEvents errorEvents,
            DeadLetterRecords deadLetters,
            RetryPolicy retries,
            Timer timer,
            Backoff backoff,
            Suspects suspects,
            Outages outages,
            HandlingSpans spans,
            FailureLog failures,
            FailureTelemetry telemetry,
            Clock clock) {

        /** All that came of an event is acknowledged. If it is a dead letter that came back, its key may be free again. */
        void settle(Delivery delivery) {
            if (deadLetters.parking()) {
                orderingKey(delivery)
                        .ifPresent(key -> deadLetters
                                .letterOffset(delivery.record())
                                .ifPresent(
                                        offset -> delivery.assignment().parked().redriven(key, offset)));
            }
            delivery.finish(Outcome.DONE);
        }

        private Optional<String> orderingKey(Delivery delivery) {
            return naming.orderingKey(delivery.name(), delivery.record().key());
        }
    }

    /** The records of a publication that answers the event. */
    List<OutgoingRecord> prepare(Publication publication) {
        return means.outbox().prepare(publication, Optional.of(cause));
    }

    /** The one way out. Encoding may have taken its time, so here it is asked whether the assignment still lasts. */
    void send(List<OutgoingRecord> records, Consumer<Sending> whenAnswered) {
        if (delivery.assignment().isAbandoned()) {
            delivery.finish(Outcome.DROPPED);
        } else {
            Sending.of(records, delivery, means.outbox(), cause.span(), whenAnswered);
        }
    }

    /** Whether a problem passes by itself, so that it must be waited for. */
    boolean isOutage(PublishException problem, Tries tries) {
        return problem.retriable() && !means.suspects().areOwnFault(problem, tries);
    }

    /** Goes on after a while, on a worker, if the assignment still lasts. */
    void later(Tries tries, PublishException problem, String what, Runnable step) {
        if (delivery.assignment().isAbandoned()) {
            delivery.finish(Outcome.DROPPED);
            return;
        }
        if (problem.retriable()) {
            means.outages().met(delivery, problem.getMessage());
        } else {
            log(
                    what,
                    problem,
                    what + " cannot be written, and is tried again; until then its partition is not committed past it");
        }
        means.timer().after(means.backoff().after(tries.oneMore()), () -> delivery.resume(seat -> step.run()));
    }

    /** The last acknowledgement came just now. */
    void acknowledged() {
        delivery.enter(Stage.ANSWERING, means.clock().nanos());
    }

    /** What is kept of it for a transaction is not to be written: something else is to come of it. */
    void forgetKept() {
        delivery.forgetKept();
    }

    /** All that came of the event is acknowledged. */
    void settle() {
        means.settle(delivery);
    }

    /** The event's ordering key, if later events of it are to follow it to the dead letters. */
    Optional<String> parkingKey() {
        return means.deadLetters().parking() ? means.orderingKey(delivery) : Optional.empty();
    }

    /** The same for an event that is parked, and so not handled. */
    Debt parked() {
        return new Debt(delivery, means.spans().parked(delivery, cause), means);
    }

    /** Whether an error is what kept the event from being decoded. */
    boolean isNotDecodable(Object error) {
        return cause.record() instanceof UndecodableEvent event && event.error() == error;
    }

    /** Whether it is an error event: by its name; where the record is the name, which all share, by its metadata too. */
    boolean isErrorEvent() {
        Optional<EventName> toldByMeta = means.naming().isByRecord()
                ? cause.meta().flatMap(Meta::messageName).map(EventName::of)
                : Optional.empty();
        return Stream.concat(delivery.name().stream(), toldByMeta.stream()).anyMatch(EventName::isError);
    }

    /** Logs and notes that the event failed for good, by its name and the error's class. */
    void logForGood(Object error, String consequence) {
        inContext(() -> means.failures().failedForGood(delivery, kind(error), consequence, error));
    }

    /** Logs that the event failed, by its name and the error's class. */
    void log(Object error, String consequence) {
        log(kind(error), error, consequence);
    }

    private String kind(Object error) {
        return delivery.name().map(EventName::base).orElse("")
                + ' '
                + (error instanceof Throwable ? error.getClass().getName() : "");
    }

    void log(String kind, Object error, String consequence) {
        inContext(() -> means.failures().failed(delivery, kind, consequence, error));
    }

    private void inContext(Runnable logging) {
        LogContext context = LogContext.enter(delivery, cause);
        try {
            logging.run();
        } finally {
            context.leave();
        }
    }
}
