package io.kaufmann.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.event.EventName;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import io.kaufmann.internal.produce.MessageIds;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.Publisher;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Tests a handler without a broker: gives it events, and says what comes of them. All but Kafka's clients is the code of a service that
 * runs: events are checked against their schemas and encoded, decoded again, handled on the test's own thread, tried again, answered,
 * kept as dead letters.
 *
 * <pre>{@code
 * MockBus bus = MockBus.of(new Greeter()).schemas("src/main/resources/schemas");
 * bus.givenEvent("command.greet", Map.of("name", "Ada"));
 * bus.thenEvent("event.greeted", Map.of("greeting", "Hello Ada"));
 * bus.thenNoEvent();
 * }</pre>
 *
 * <p>What the handler sends goes back to it: of a bare handler all that it accepts, as in KaufmannEx; of a service's configuration
 * what is sent to a topic that the service reads. Events that cause each other without end are an error that names them.
 *
 * <p>Needs no test framework; what does not hold is an {@link AssertionError}. Each bus is a world of its own, with its own schemas,
 * time and ids. Thread-safe: one thread at a time is in the handler, so that a handler must not wait for another thread that gives
 * events to the same bus; for one that publishes it may.
 */
public final class MockBus extends EventAssertions {

    private static final String TOPIC = "mock-topic";

    private final KaufmannConfig config;
    // Whether the service reads what goes to a topic.
    private final Predicate<String> reads;
    private final MockClock clock = new MockClock();

    // All guarded by this.
    private final List<Path> folders = new ArrayList<>();
    private Supplier<String> ids = MessageIds.fromRandomStart();
    private MockWorld world;

    private MockBus(KaufmannConfig config, Predicate<String> reads) {
        this.config = config;
        this.reads = reads;
    }

    /**
     * A bus for a handler, with the library's default settings, and one topic, {@code mock-topic}, that it reads and writes; it
     * may answer to any callback topic.
     *
     * @param handler the handler
     * @return the bus
     */
    public static MockBus of(EventHandler handler) {
        return of(handler, settings -> {});
    }

    /**
     * A bus for a handler, with some settings of its own: how often an event is tried again, where dead letters go.
     *
     * <pre>{@code
     * MockBus.of(handler, settings -> settings.retryPolicy(RetryPolicy.fixed(3, Duration.ofHours(1))))
     * }</pre>
     *
     * @param handler the handler
     * @param settings sets them
     * @return the bus
     */
    public static MockBus of(EventHandler handler, Consumer<KaufmannConfig.Builder> settings) {
        KaufmannConfig.Builder builder = defaults(handler);
        settings.accept(builder);
        return new MockBus(builder.build(), topic -> true);
    }

    private static KaufmannConfig.Builder defaults(EventHandler handler) {
        return KaufmannConfig.builder()
                .bootstrapServers("mock-bus:9092")
                .schemaRegistryUrl("http://mock-bus:8081")
                .consumerGroup("mock-group")
                .defaultTopic(TOPIC)
                .serviceName("mock-service")
                .serviceId("mock-1")
                .callbackTopics("*")
                .eventHandler(handler);
    }

    /**
     * A bus for a service as it is configured: its handler, topics, formats, naming, strategies, retries and dead letters. Its broker
     * and registry are not asked for anything. The schemas are those of its {@code schemaPath}, unless {@link #schemas} names
     * others.
     *
     * @param config the service's configuration
     * @return the bus
     */
    public static MockBus of(KaufmannConfig config) {
        return new MockBus(config, config.subscriptionTopics()::contains);
    }

    /** A bus of a service that hears nothing. */
    static MockBus deaf() {
        return deaf(defaults(event -> Result.noReply()).build());
    }

    /** The same for a service as it is configured. */
    static MockBus deaf(KaufmannConfig config) {
        return new MockBus(config, topic -> false);
    }

    /**
     * The folders of the schemas: each {@code .avsc} file holds that of the event it is named after, and may name the types of all
     * others. {@code event_metadata} and {@code event.error} are there without a file.
     *
     * @param more folders, beside those that were named before
     * @return this bus
     * @throws IllegalStateException after the first event
     */
    public synchronized MockBus schemas(String... more) {
        if (world != null) {
            throw new IllegalStateException("Name the schemas' folders before the first event");
        }
        Stream.of(more).map(Path::of).forEach(folders::add);
        return this;
    }

    /**
     * What time it is from now on: time stands still then until it is {@linkplain #advance advanced}, so that metadata can be
     * compared. Until this is called it is the machine's.
     *
     * @param now the time
     * @return this bus
     */
    public MockBus at(Instant now) {
        clock.set(now);
        return this;
    }

    /**
     * Which ids messages get from now on, given ones too: by default random ones.
     *
     * @param next gives one for each message
     * @return this bus
     */
    public synchronized MockBus ids(Supplier<String> next) {
        ids = next;
        return this;
    }

    private synchronized String nextId() {
        return ids.get();
    }

    /**
     * Lets time pass, and has events tried again that are due in it: an hour of waiting takes no time at all.
     *
     * @param time how much
     * @return this bus
     */
    public MockBus advance(Duration time) {
        world().advance(time);
        return this;
    }

    /**
     * An event comes, from another service, with metadata of its own: handles it, and what comes of it, before it returns.
     *
     * @param name its name, with its ordering key behind {@code #} if it has one
     * @param payload its payload, of any kind that a handler may reply with
     * @return this bus
     * @throws AssertionError when there is no schema for it, or it does not fit; it says where it looked, or where it does not fit
     */
    public MockBus givenEvent(String name, Object payload) {
        return givenEvent(Publication.of(name, payload));
    }

    /**
     * The same for an event with metadata, callback id and topic, key, headers, format or topic of its own.
     *
     * <pre>{@code
     * bus.givenEvent(Publication.of("command.greet", Map.of("name", "Ada"))
     *         .key("42").callbackId("c-1").callbackTopic(CallbackTopic.of("answers")).to("commands"))
     * }</pre>
     *
     * @param event the event as its sender would publish it
     * @return this bus
     */
    public MockBus givenEvent(Publication event) {
        world().given(event);
        return this;
    }

    /**
     * A record comes whose value need not be an event: to test {@link EventHandler#givenError}, and what another system sends.
     *
     * @param key the record's key, under the default naming the event's name; null for none
     * @param value its value; null for none
     * @return this bus
     */
    public MockBus givenRecord(String key, byte[] value) {
        return givenRecord(new ProducerRecord<>(
                config.subscriptionTopics().get(0), key == null ? null : key.getBytes(UTF_8), value));
    }

    /**
     * The same for a record with headers, topic, partition or timestamp of its own.
     *
     * @param record the record as its sender would send it
     * @return this bus
     */
    public MockBus givenRecord(ProducerRecord<byte[], byte[]> record) {
        world().given(record);
        return this;
    }

    /** Publishes from outside a handler, as {@code Kaufmann.publisher()} does: for code that is given a publisher. */
    public Publisher publisher() {
        return world().publisher();
    }

    /** Made with the first event, when all is settled. */
    @Override
    synchronized MockWorld world() {
        if (world == null) {
            List<Path> paths = folders.isEmpty() ? config.schemaPath() : folders;
            world = new MockWorld(config, SchemasOfFolders.in(paths), clock, this::nextId, reads);
        }
        return world;
    }

    /** The service's name. */
    @Override
    public String toString() {
        return "bus of " + EventName.printable(config.serviceName());
    }
}
