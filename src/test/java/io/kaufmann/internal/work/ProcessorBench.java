package io.kaufmann.internal.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.EventNaming;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.ErrorFormat;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.DeliveryBench;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.time.ManualTimer;
import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Tracing;
import io.kaufmann.testing.Silence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.Headers;

/** An event processor on a scripted outbox, whose worker and timer are the test's. Workers of other threads may share it. */
final class ProcessorBench implements AutoCloseable {

    final DeliveryBench deliveries;
    final ScriptedOutbox outbox = new ScriptedOutbox();
    final ManualTimer timer = new ManualTimer();
    final SettableClock clock = new SettableClock();
    final List<String> handled = new CopyOnWriteArrayList<>();
    private final Silence silence = Silence.of("io.kaufmann");

    Names names = new Names(EventNaming.key(), name -> true);
    /** What is done with what cannot be decoded; null leaves it to the handler. */
    Function<io.kaufmann.event.ErrorEvent, Result> errorHandler;

    volatile EventHandler handler = event -> Result.noReply();
    Function<Object, Object> errorFormat = ErrorFormat.standard();
    Telemetry telemetry = Telemetry.NONE;
    Tracing tracing = Tracing.NONE;
    RetryPolicy retries = RetryPolicy.none();
    DeadLetters deadLetters = DeadLetters.none();
    boolean parking;
    boolean registryAnswers;
    /** What decoding does beyond taking the value as text. */
    Runnable decoding = () -> {};

    /** What a value tells of its record's name. */
    Function<String, Optional<String>> recordNames = value -> Optional.empty();

    /** What decoding finds as metadata. */
    Meta meta = Meta.empty();

    /** What stands between the processor and the scripted outbox. */
    UnaryOperator<Outbox> around = UnaryOperator.identity();

    private EventProcessor processor;
    private Worker worker;
    /** How often a worker took a delivery. */
    int turns;

    ProcessorBench() {
        this(new DeliveryBench());
    }

    ProcessorBench(DeliveryBench deliveries) {
        this.deliveries = deliveries;
    }

    EventProcessor processor() {
        if (processor == null) {
            processor = new EventProcessor(new EventProcessor.Parts(
                    "the-service",
                    names,
                    Transcoders.of(new PlainText()),
                    new Recording(),
                    "the-group",
                    new FailureRules(errorFormat, retries, deadLetters, parking, Set.of("orders")),
                    () -> registryAnswers,
                    around.apply(outbox),
                    timer,
                    clock,
                    telemetry,
                    tracing));
        }
        return processor;
    }

    /** Hands out an event and lets a worker take it. */
    Delivery handle(String key, String value) {
        Delivery delivery = deliveries.queued(key, value == null ? null : value.getBytes(UTF_8));
        work();
        return delivery;
    }

    Delivery handle() {
        return handle("order.placed#7", "{}");
    }

    /** The same in a lane that it shares with others, with headers. */
    Delivery handle(Lane lane, String key, Headers headers) {
        Delivery delivery = deliveries.delivery(lane, key, "{}".getBytes(UTF_8), headers);
        lane.append(delivery);
        work();
        return delivery;
    }

    /** Lets a worker do all that is in the queue. */
    void work() {
        if (worker == null) {
            worker = new Worker(deliveries.queue, processor(), clock, ProcessorBench::isABug);
        }
        while (worker.turn()) {
            turns++;
        }
    }

    private static void isABug(Throwable error) {
        throw new AssertionError("The worker met an error that is no handler's", error);
    }

    /** Lets all delays pass and a worker do what comes of it. */
    void pass() {
        timer.pass();
        work();
    }

    @Override
    public void close() {
        silence.close();
    }

    private final class PlainText implements Transcoder {

        @Override
        public String name() {
            return "text";
        }

        @Override
        public Decoded decode(Encoded record) {
            decoding.run();
            String text = new String(record.value(), UTF_8);
            if (text.equals("undecodable")) {
                throw new TranscodeException("no text, on purpose");
            }
            return new Decoded(meta, Payload.of(record.name().base(), Map.of("text", text)));
        }

        @Override
        public Optional<String> recordName(Headers headers, byte[] value) {
            return recordNames.apply(new String(value, UTF_8));
        }

        @Override
        public byte[] encode(Outgoing event) {
            throw new UnsupportedOperationException("The outbox is scripted");
        }
    }

    /** Notes what it is given. */
    private final class Recording implements EventHandler {

        @Override
        public Result givenEvent(io.kaufmann.event.Event event) throws Exception {
            handled.add(event.name());
            return handler.givenEvent(event);
        }

        @Override
        public Result givenError(io.kaufmann.event.ErrorEvent error) throws Exception {
            handled.add("error " + error.name().orElse("nameless"));
            return errorHandler == null ? handler.givenError(error) : errorHandler.apply(error);
        }
    }
}
