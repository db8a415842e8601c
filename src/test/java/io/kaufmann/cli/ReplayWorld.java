package io.kaufmann.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.testing.ConfluentFrames;
import io.kaufmann.testing.RawProducer;
import io.kaufmann.testing.TestEnvironment;
import io.kaufmann.testing.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** A service with a history: topics, a group, event types and settings of one test's own. */
final class ReplayWorld {

    static final int PARTITIONS = 4;
    private static final int ACCOUNTS = 200;

    final TestEnvironment environment;
    final Path home;
    final String topic;
    final String replies;
    final String group;
    final Path settings;
    private final RegisteredSchema deposit;

    ReplayWorld(TestEnvironment environment, Path home) throws IOException {
        this(environment, home, Topics.unique(""));
    }

    /** With names that end so. */
    ReplayWorld(TestEnvironment environment, Path home, String suffix) throws IOException {
        this.environment = environment;
        this.home = home;
        this.group = "accounts" + suffix;
        this.topic = "deposits" + suffix;
        this.replies = "changes" + suffix;
        environment.topics().create(topic, PARTITIONS);
        environment.topics().create(replies, 2);
        HttpSchemaRegistry registry = HttpSchemaRegistry.of(environment.registryUrl());
        deposit = registry.register(Accounts.IN, schema());
        registry.register(Accounts.OUT, schema());
        registry.register("event.error", withMeta(resource("event.error.avsc")));
        settings = home.resolve("accounts.properties");
        Files.writeString(settings, """
                kaufmann.bootstrap.servers=%s
                kaufmann.schema.registry.url=%s
                kaufmann.consumer.group=%s
                kaufmann.default.topic=%s
                kaufmann.default.publish.topic=%s
                kaufmann.service.name=accounts
                kaufmann.event.handler=%s
                kaufmann.auto.offset.reset=earliest
                kaufmann.ordering=key
                kaufmann.commit.interval=200ms
                kafka.consumer.session.timeout.ms=6000
                kafka.consumer.heartbeat.interval.ms=1000
                """.formatted(
                        environment.bootstrapServers(),
                        environment.registryUrl(),
                        group,
                        topic,
                        replies,
                        Accounts.class.getName()));
    }

    private static String schema() throws IOException {
        return withMeta("{\"type\":\"record\",\"name\":\"event\",\"namespace\":\"test\",\"fields\":["
                + "{\"name\":\"meta\",\"type\":\"seven.cloud.services.event_metadata\"},"
                + "{\"name\":\"payload\",\"type\":{\"type\":\"record\",\"name\":\"Payload\",\"fields\":["
                + "{\"name\":\"account\",\"type\":\"string\"},{\"name\":\"amount\",\"type\":\"long\"}]}}]}");
    }

    private static String withMeta(String schema) throws IOException {
        Schema.Parser parser = new Schema.Parser();
        parser.parse(resource("event_metadata.avsc"));
        return parser.parse(schema).toString();
    }

    private static String resource(String file) throws IOException {
        try (var stream = ReplayWorld.class.getResourceAsStream("/io/kaufmann/schemas/" + file)) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }

    /** Writes so many deposits, one account's always to the same partition. */
    void deposit(int count) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int account = i % ACCOUNTS;
            String name = Accounts.IN + "#account-" + account;
            Map<String, Object> meta = new LinkedHashMap<>();
            meta.put("message_id", "deposit-" + i);
            meta.put("emitter_service", "the-test");
            meta.put("emitter_service_id", "1");
            meta.put("callback_id", null);
            meta.put("message_name", name);
            meta.put("timestamp", "2018-01-01 12:00:00.123456Z");
            meta.put("callback_topic", null);
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("meta", meta);
            event.put("payload", Map.of("account", "account-" + account, "amount", (long) i));
            byte[] value = ConfluentFrames.write(deposit.id(), deposit.schema(), event);
            records.add(RawProducer.record(topic, account % PARTITIONS, name, value));
        }
        environment.producer().write(records);
    }

    /** Has the service handle all that is there, as it did in its time, and stops it. */
    Map<String, Accounts.Account> serve(Path file) throws IOException {
        KaufmannConfig config = KaufmannConfig.builder()
                .file(settings)
                .eventHandler(new Accounts(file))
                .build();
        try (Kaufmann service = Kaufmann.start(config)) {
            Awaitility.await("the service is through")
                    .atMost(Duration.ofMinutes(2))
                    .failFast(() -> service.state().isFinal())
                    .until(this::isThrough);
        }
        return Accounts.state(file);
    }

    boolean isThrough() {
        return committed().equals(ends(topic));
    }

    Map<Integer, Long> committed() {
        return environment.topics().committedOffsets(group, topic);
    }

    Map<Integer, Long> ends(String of) {
        return environment.topics().endOffsets(of);
    }

    /** Leaves the group as a replay does that stopped at one offset of each partition before its end at another. */
    void commitReplay(long at, long until) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            commits.put(
                    new TopicPartition(topic, partition),
                    new OffsetAndMetadata(at, "kaufmann/1 partitions=" + PARTITIONS + " until=" + until));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", environment.bootstrapServers()))) {
            admin.alterConsumerGroupOffsets(group, commits).all().get();
        }
    }

    /** Deletes the oldest records of a partition, as a topic's retention does. */
    void deleteBefore(int partition, long offset) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", environment.bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    /** Runs the command to its end, with the state in this file. */
    CommandProcess.Outcome reinit(Path file, String... options) throws Exception {
        return start(file, options).await();
    }

    CommandProcess start(Path file, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("reinit-service", "-c", settings.toString()));
        arguments.addAll(List.of(options));
        return CommandProcess.start(home, Map.of(Accounts.FILE, file.toString()), arguments.toArray(String[]::new));
    }
}
