package io.kaufmann.internal.work;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventName;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.Outbox.Cause;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.time.Backoff;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Timer;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a worker does with a delivery: decode it, call the handler, answer. Thread-safe.
 *
 * <p>A delivery that meets an outage is put aside and comes back after a while; the handler is not called again for one
 * that it has handled.
 */
public final class EventProcessor {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private final Names names;
    private final Transcoders transcoders;
    private final EventHandler handler;
    private final String consumerGroup;
    private final Telemetry telemetry;
    private final Clock clock;
    private final Timer timer;
    private final Outages registryOutages;
    private final Answering.Means answers;

    /**
     * A processor of these parts.
     *
     * @param parts what it works with
     */
    public EventProcessor(Parts parts) {
        this.names = parts.names();
        this.transcoders = parts.transcoders();
        this.handler = parts.handler();
        this.consumerGroup = parts.consumerGroup();
        this.telemetry = parts.telemetry();
        this.clock = parts.clock();
        this.timer = parts.timer();
        this.registryOutages = new Outages("Decoding", clock);
        this.answers = new Answering.Means(
                names.naming(),
                parts.outbox(),
                new ErrorEvents(parts.outbox(), parts.errorFormat()),
                timer,
                BACKOFF,
                new Outages("Publishing", clock),
                new FailureLog(clock));
    }

    /**
     * What a processor works with.
     *
     * @param names where events tell their names, and which are to be handled
     * @param transcoders decode
     * @param handler handles
     * @param consumerGroup the group's name, for events and telemetry
     * @param errorFormat makes an error's form in an error event
     * @param outbox takes the answers
     * @param timer waits out delays
     * @param clock tells the time
     * @param telemetry hears what happens
     */
    public record Parts(
            Names names,
            Transcoders transcoders,
            EventHandler handler,
            String consumerGroup,
            Function<Object, Object> errorFormat,
            Outbox outbox,
            Timer timer,
            Clock clock,
            Telemetry telemetry) {}

    /** Goes on with a delivery whose turn it is, until it is finished or waits for something. */
    void process(Delivery delivery) {
        if (!delivery.start() || delivery.assignment().isAbandoned()) {
            delivery.finish(Outcome.DROPPED);
            return;
        }
        delivery.takeNextStep().ifPresentOrElse(Runnable::run, () -> begin(delivery, 1));
    }

    private void begin(Delivery delivery, int tries) {
        Optional<Cause> cause;
        try {
            cause = read(delivery);
        } catch (RegistryUnavailableException e) {
            registryOutages.met(delivery, e.getMessage());
            delivery.unstart();
            timer.after(BACKOFF.after(tries), () -> delivery.resume(() -> begin(delivery, tries + 1)));
            return;
        }
        registryOutages.notMet();
        if (cause.isEmpty()) {
            delivery.finish(Outcome.DONE);
        } else {
            new Answering(delivery, cause.get(), answers).answer(handle(delivery, cause.get()));
        }
    }

    /** What there is to handle: an event, or one that cannot be decoded. Empty for one that the handler does not accept. */
    private Optional<Cause> read(Delivery delivery) {
        try {
            learnName(delivery);
            if (delivery.name().isPresent() && !names.areHandled(delivery.name().get())) {
                return Optional.empty();
            }
            Event event = decode(delivery);
            return Optional.of(new Cause(event, Optional.of(event)));
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // An Error too: a record can nest deeper than any stack, or claim to be longer than any memory.
            TranscodeException error = new TranscodeException("Cannot decode " + delivery + ": " + e.getMessage(), e);
            return Optional.of(new Cause(new UndecodableEvent(delivery, consumerGroup, error), Optional.empty()));
        }
    }

    private void learnName(Delivery delivery) {
        ConsumerRecord<byte[], byte[]> record = delivery.record();
        if (names.naming().isByRecord() && record.value() != null) {
            transcoders
                    .recordName(record.topic(), record.headers(), record.value())
                    .map(told -> names.naming().named(told, record.key()))
                    .ifPresent(delivery::name);
        }
    }

    private Event decode(Delivery delivery) {
        ConsumerRecord<byte[], byte[]> record = delivery.record();
        if (record.value() == null) {
            throw new TranscodeException(names.tombstone());
        }
        EventName name = delivery.name().orElseThrow(() -> new TranscodeException(names.missing()));
        long start = clock.nanos();
        Transcoder.Decoded decoded =
                transcoders.decode(new Transcoder.Encoded(name, record.topic(), record.headers(), record.value()));
        telemetry.decoded(new Telemetry.Decoded(
                name.base(),
                record.topic(),
                record.partition(),
                record.offset(),
                consumerGroup,
                record.value().length,
                clock.since(start)));
        return new DecodedEvent(delivery, consumerGroup, name, decoded);
    }

    private Result handle(Delivery delivery, Cause cause) {
        long start = clock.nanos();
        try {
            Result result = cause.record() instanceof UndecodableEvent error
                    ? handler.givenError(error)
                    : handler.givenEvent(cause.event().orElseThrow());
            return result == null ? Result.failure("The handler returned null instead of a Result") : result;
        } catch (Throwable e) {
            // Whatever a handler throws is its event's failure and nobody else's.
            return Result.failure(e);
        } finally {
            // An interrupt was for the handler: what comes after it must not be struck by a flag that it left.
            Thread.interrupted();
            telemetry.handled(new Telemetry.Handled(
                    delivery.name().map(EventName::base).orElse("unknown"),
                    delivery.record().topic(),
                    delivery.record().partition(),
                    handler.getClass().getName(),
                    consumerGroup,
                    clock.since(start)));
        }
    }
}
