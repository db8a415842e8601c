package io.kaufmann.internal.work;

import io.kaufmann.codec.Transcoders;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.HandlerTimeoutException;
import io.kaufmann.handler.Result;
import io.kaufmann.health.Ending;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.HandlerCall;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.Outbox.Cause;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.Seat;
import io.kaufmann.internal.handoff.Stage;
import io.kaufmann.internal.time.Backoff;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Timer;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Tracing;
import java.time.Duration;
import java.util.Optional;

/**
 * What a worker does with a delivery: decode it, call the handler, answer. Thread-safe.
 *
 * <p>A delivery that meets an outage is put aside and comes back after a while; the handler is not called again for one
 * that it has handled.
 */
public final class EventProcessor {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    // Memory that is short for so many tries in a row is taken for the event's own doing.
    private static final int TRIES_WITHOUT_MEMORY = 4;

    private final EventReader reader;
    private final HandlingSpans spans;
    private final HandlerRunner runner;
    private final Clock clock;
    private final Timer timer;
    private final Suspects suspects;
    private final Outages registryOutages;
    private final Outages memoryOutages;
    private final Debt.Means answers;

    /**
     * A processor of these parts.
     *
     * @param parts what it works with
     */
    public EventProcessor(Parts parts) {
        this.reader = new EventReader(parts);
        this.spans = new HandlingSpans(parts.tracing(), parts.consumerGroup());
        this.runner = new HandlerRunner(parts);
        this.clock = parts.clock();
        this.timer = parts.timer();
        this.suspects = new Suspects(parts.registryProbe(), clock);
        this.registryOutages = new Outages("Decoding", clock);
        this.memoryOutages = new Outages("Decoding, for want of memory,", clock);
        this.answers = new Debt.Means(
                parts.names().naming(),
                parts.outbox(),
                new ErrorEvents(parts.outbox(), parts.failures().errorFormat()),
                new DeadLetterRecords(parts),
                parts.failures().retries(),
                timer,
                BACKOFF,
                suspects,
                new Outages("Publishing", clock),
                spans,
                new FailureLog(clock),
                new FailureTelemetry(parts.telemetry(), parts.consumerGroup()),
                clock);
    }

    /**
     * What a processor works with.
     *
     * @param serviceName the service's name, for dead letters
     * @param names where events tell their names, and which are to be handled
     * @param transcoders decode
     * @param handler handles
     * @param consumerGroup the group's name, for events and telemetry
     * @param failures what becomes of events that fail
     * @param registryProbe tells an outage of the registry from an event that it cannot answer for
     * @param outbox takes the answers
     * @param timer waits out delays
     * @param clock tells the time
     * @param telemetry hears what happens
     * @param tracing follows events
     */
    public record Parts(
            String serviceName,
            Names names,
            Transcoders transcoders,
            EventHandler handler,
            String consumerGroup,
            FailureRules failures,
            RegistryProbe registryProbe,
            Outbox outbox,
            Timer timer,
            Clock clock,
            Telemetry telemetry,
            Tracing tracing) {}

    /** What it tells of the events that fail. */
    public FailureLog failures() {
        return answers.failures();
    }

    /** Goes on with a delivery whose turn it is, until it is finished or waits for something. */
    void process(Delivery delivery, Seat seat) {
        if (!delivery.start() || delivery.assignment().isAbandoned()) {
            delivery.finish(Outcome.DROPPED);
            return;
        }
        Optional<Delivery.Step> step = delivery.takeNextStep();
        if (step.isPresent()) {
            step.get().run(seat);
        } else {
            begin(delivery, new Tries(), seat);
        }
    }

    private void begin(Delivery delivery, Tries tries, Seat seat) {
        Optional<Cause> cause;
        try {
            cause = reader.read(delivery);
            registryOutages.notMet();
            memoryOutages.notMet();
        } catch (RegistryUnavailableException e) {
            if (!suspects.areOwnFault(e, tries)) {
                registryOutages.met(delivery, e.getMessage());
                beginLater(delivery, tries);
                return;
            }
            cause = Optional.of(reader.undecodable(delivery, e));
        } catch (OutOfMemoryError e) {
            if (tries.failed() + 1 < TRIES_WITHOUT_MEMORY) {
                memoryOutages.met(delivery, e.toString());
                beginLater(delivery, tries);
                return;
            }
            cause = Optional.of(reader.undecodable(delivery, e));
        }
        if (cause.isEmpty()) {
            delivery.enter(Stage.ANSWERING, clock.nanos());
            delivery.endsAs(Ending.IGNORED);
            answers.settle(delivery);
        } else {
            Cause read = cause.get();
            Debt debt = new Debt(delivery, read, answers);
            if (!FailedEvent.park(debt, later -> handle(delivery, read, later))) {
                handle(delivery, read, seat);
            }
        }
    }

    private void beginLater(Delivery delivery, Tries tries) {
        delivery.enter(Stage.ANSWERING, clock.nanos());
        delivery.unstart();
        timer.after(BACKOFF.after(tries.oneMore()), () -> delivery.resume(seat -> begin(delivery, tries, seat)));
    }

    private void handle(Delivery delivery, Cause cause, Seat seat) {
        Cause followed = spans.begin(delivery, cause);
        Optional<Result> result = runWithin(delivery, followed, seat);
        result.ifPresent(answer -> answer(delivery, followed, answer));
    }

    /** Runs the handler with its event in the log's context, and its span current. Neither is ever left on the thread. */
    private Optional<Result> runWithin(Delivery delivery, Cause cause, Seat seat) {
        LogContext context = LogContext.enter(delivery, cause);
        Tracing.Scope scope = cause.span().open();
        Optional<Result> result;
        try {
            result = runner.run(delivery, cause, seat);
        } finally {
            scope.close();
            context.leave();
        }
        spans.end(cause, result);
        return result;
    }

    private void answer(Delivery delivery, Cause cause, Result result) {
        new Answering(new Debt(delivery, cause, answers))
                .answer(result, later -> handle(delivery, reader.again(delivery, cause), later));
    }

    /**
     * Ends the time of a handler's call, if it has not returned: another worker goes on with the event's failure. For the
     * timer.
     */
    boolean endTime(HandlerCall call, Duration limit) {
        if (!call.endTime()) {
            return false;
        }
        Delivery delivery = call.delivery();
        delivery.enter(Stage.ANSWERING, clock.nanos());
        delivery.resumeUncounted(
                seat -> answer(delivery, call.cause(), Result.failure(new HandlerTimeoutException(limit))));
        return true;
    }
}
