package io.kaufmann.testing;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.codec.avro.AvroTranscoder;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNaming;
import io.kaufmann.internal.produce.KafkaPublisher;
import io.kaufmann.internal.produce.MessageIds;
import io.kaufmann.internal.produce.RecordMaker;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import io.kaufmann.publish.CallbackTopics;
import io.kaufmann.publish.MetaSource;
import io.kaufmann.publish.PartitionStrategy;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.Published;
import io.kaufmann.publish.Target;
import io.kaufmann.publish.TopicStrategy;
import io.kaufmann.schema.CachingSchemaRegistry;
import io.kaufmann.schema.CompatibilityLevel;
import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Tracing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka broker and a schema registry in this JVM, for tests of a whole service: start, publish, await the answer; with a broker that
 * goes away and comes back. Events are named by their record's key and encoded as Avro in Confluent's wire format. Thread-safe.
 *
 * <pre>{@code
 * try (KaufmannTestCluster cluster = KaufmannTestCluster.start()) {
 *     cluster.schemas("src/main/resources/schemas").topic("rapids", 2);
 *     try (Kaufmann service = Kaufmann.start(cluster.configure(settings).build())) {
 *         cluster.publish("rapids", Publication.of("command.greet", Map.of("name", "Ada")));
 *         Event greeted = cluster.await("rapids", "event.greeted");
 *     }
 * }
 * }</pre>
 */
public final class KaufmannTestCluster implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration A_MOMENT = Duration.ofMillis(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String ERROR = "event.error";
    private static final String SENDER = "test-cluster";
    private static final int MOST_SHOWN = 50;

    private final EmbeddedBroker broker;
    private final DevelopmentRegistry registry;
    private final HttpSchemaRegistry schemas;
    private final Transcoders transcoders;
    private final KafkaPublisher publisher;

    // Guarded by this.
    private final Map<String, Reader> readers = new HashMap<>();

    private KaufmannTestCluster(EmbeddedBroker broker, DevelopmentRegistry registry) {
        this.broker = broker;
        this.registry = registry;
        this.schemas = HttpSchemaRegistry.of(registry.url());
        this.transcoders =
                Transcoders.of(AvroTranscoder.of(CachingSchemaRegistry.of(schemas), SubjectStrategy.eventName()));
        Clock clock = Clock.system();
        Map<String, Object> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
        this.publisher = new KafkaPublisher(
                new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer()),
                () -> Admin.create(clients),
                new RecordMaker.Parts(
                        EventNaming.key(),
                        SENDER,
                        TopicStrategy.defaultTopic(),
                        PartitionStrategy.orderingKey(),
                        CallbackTopics.of("*"),
                        MetaSource.standard(SENDER, SENDER, clock, MessageIds.fromRandomStart()),
                        transcoders,
                        clock,
                        Telemetry.NONE),
                Tracing.NONE);
    }

    /** Starts both, in two to three seconds for the first of a JVM. The registry has the schema of error events. */
    public static KaufmannTestCluster start() {
        EmbeddedBroker broker = EmbeddedBroker.started();
        try {
            DevelopmentRegistry registry = DevelopmentRegistry.start(FreePorts.next());
            // The library's own, until a service's own takes its place.
            registry.contents().compatibility(ERROR, CompatibilityLevel.NONE);
            return new KaufmannTestCluster(broker, registry).schemas();
        } catch (RuntimeException | Error e) {
            broker.close();
            throw e;
        }
    }

    /** Where the broker is: {@code 127.0.0.1:port}, the same after a stop and a start. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Where the registry is. */
    public String schemaRegistryUrl() {
        return registry.url();
    }

    /** Registers the schemas of these folders, each under its file's name, and the library's own of error events. */
    public KaufmannTestCluster schemas(String... folders) {
        SchemasOfFolders files =
                SchemasOfFolders.in(Stream.of(folders).map(Path::of).toList());
        List<String> known = schemas.subjects();
        for (String subject : files.subjects()) {
            if (!subject.equals(ERROR) || files.isOwn(ERROR) || !known.contains(ERROR)) {
                schemas.register(subject, files.latest(subject).schema().toString());
            }
        }
        return this;
    }

    /** Creates a topic, and returns when clients can write to it. */
    public KaufmannTestCluster topic(String name, int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get();
            Deadline deadline = Deadline.in(LONGEST_WAIT, Clock.system());
            while (!hasLeaders(admin, name)) {
                if (deadline.isOver()) {
                    throw new IllegalStateException("Topic " + name + " has no leaders after " + LONGEST_WAIT);
                }
                LockSupport.parkNanos(A_MOMENT.toNanos());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot create topic " + name + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while topic " + name + " was created", e);
        }
        return this;
    }

    private static boolean hasLeaders(Admin admin, String topic) throws InterruptedException, ExecutionException {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                    .noneMatch(partition ->
                            partition.leader() == null || partition.leader().isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    /** Has a service use this broker and this registry, and read its topics from their beginning. */
    public KaufmannConfig.Builder configure(KaufmannConfig.Builder settings) {
        return settings.bootstrapServers(bootstrapServers())
                .schemaRegistryUrl(schemaRegistryUrl())
                .autoOffsetReset(io.kaufmann.OffsetReset.EARLIEST);
    }

    /**
     * Publishes an event to a topic, and returns when the broker has it.
     *
     * @throws IllegalStateException when it cannot be encoded, the topic does not exist, or the broker does not take it within 30
     *     seconds
     */
    public Published publish(String topic, Publication event) {
        try {
            return publisher.publish(event.to(Target.topic(topic))).get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "The broker did not take " + event + " within " + LONGEST_WAIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + event + " was published", e);
        }
    }

    /**
     * The next event of a name in a topic that no call was given before, from the topic's beginning. The topic may come into being
     * while this waits.
     *
     * @throws AssertionError when none comes within 30 seconds; it shows what is there
     */
    public Event await(String topic, String name) {
        return await(topic, name, event -> true);
    }

    /** The same for one that fits. */
    public synchronized Event await(String topic, String name, Predicate<? super Event> fits) {
        return readers.computeIfAbsent(topic, Reader::new).await(name, fits);
    }

    /** Shuts the broker down, keeping all it has. */
    public void stopBroker() {
        broker.stop();
    }

    /** Starts the broker again, at the same address. */
    public void startBroker() {
        broker.start();
    }

    /** Makes the registry refuse connections. */
    public void stopRegistry() {
        registry.stop();
    }

    /** Makes the registry listen again, at the same address. */
    public void startRegistry() {
        registry.restart();
    }

    @Override
    public synchronized void close() {
        readers.values().forEach(Reader::close);
        publisher.close(Duration.ofSeconds(1));
        registry.close();
        broker.close();
    }

    /** Reads one topic, once it exists. */
    private final class Reader {

        private final String topic;
        private final KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers(), "allow.auto.create.topics", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        private final List<MockEvent> all = new ArrayList<>();
        private final List<MockEvent> left = new ArrayList<>();

        Reader(String topic) {
            this.topic = topic;
        }

        Event await(String name, Predicate<? super Event> fits) {
            Deadline deadline = Deadline.in(LONGEST_WAIT, Clock.system());
            do {
                for (Iterator<MockEvent> events = left.iterator(); events.hasNext(); ) {
                    MockEvent event = events.next();
                    boolean named = event.name().equals(name)
                            || event.eventName().text().equals(name);
                    if (named && fits.test(event)) {
                        events.remove();
                        return event;
                    }
                }
                read(deadline);
            } while (!deadline.isOver());
            throw new AssertionError("Within " + LONGEST_WAIT.toSeconds() + " s no " + name + " came to topic " + topic
                    + " that fits and was not awaited before. It has " + all.size() + " events: "
                    + all.stream().limit(MOST_SHOWN).map(MockEvent::toString).collect(Collectors.joining("; ")));
        }

        private void read(Deadline deadline) {
            if (consumer.assignment().isEmpty() && !assign(deadline)) {
                LockSupport.parkNanos(A_MOMENT.toNanos());
                return;
            }
            consumer.poll(POLL).forEach(this::add);
        }

        private boolean assign(Deadline deadline) {
            List<TopicPartition> partitions;
            try {
                partitions = consumer.partitionsFor(topic, deadline.left()).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
            } catch (org.apache.kafka.common.errors.TimeoutException | UnknownTopicOrPartitionException e) {
                return false;
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return !partitions.isEmpty();
        }

        private void add(ConsumerRecord<byte[], byte[]> record) {
            EventName name =
                    EventNaming.key().name(record.headers(), record.key()).orElseGet(() -> EventName.of("unknown"));
            MockEvent event = MockEvent.of(name, record, transcoders, EventNaming.key(), SENDER);
            all.add(event);
            left.add(event);
        }

        void close() {
            consumer.close();
        }
    }
}
