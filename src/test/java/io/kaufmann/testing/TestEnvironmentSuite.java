package io.kaufmann.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What tests may rely on, wherever their environment comes from. */
abstract class TestEnvironmentSuite {

    @Test
    void writesAndReadsRecordsByteForByte(TestEnvironment environment) {
        String topic = environment.topics().createUnique("orders", 2);
        byte[] value = {0, -1, 2};
        environment.producer().write(RawProducer.record(topic, "order.placed", value, Map.of("trace", "t-1")));

        ConsumerRecord<byte[], byte[]> read = onlyRecord(environment, topic);
        assertThat(TopicReader.key(read)).contains("order.placed");
        assertThat(read.value()).isEqualTo(value);
        assertThat(read.headers().lastHeader("trace").value()).isEqualTo("t-1".getBytes(UTF_8));
    }

    @Test
    void writesNullKeysAndTombstones(TestEnvironment environment) {
        String topic = environment.topics().createUnique("orders", 1);
        environment.producer().write(new ProducerRecord<>(topic, null, null));

        ConsumerRecord<byte[], byte[]> read = onlyRecord(environment, topic);
        assertThat(TopicReader.key(read)).isEmpty();
        assertThat(read.value()).isNull();
    }

    @Test
    void readsOnFromWhereTheLastReadEnded(TestEnvironment environment) {
        String topic = environment.topics().createUnique("orders", 3);
        try (TopicReader reader = environment.clients().reader(topic)) {
            assertThat(reader.readToEnd()).isEmpty();
            environment.producer().write(numbered(topic, 0, 100));
            assertThat(reader.readToEnd()).hasSize(100);
            environment.producer().write(numbered(topic, 100, 130));
            assertThat(reader.readToEnd())
                    .extracting(TopicReader::key)
                    .hasSize(30)
                    .contains(Optional.of("100"), Optional.of("129"));
        }
        assertThat(environment.clients().readAll(topic)).hasSize(130);
    }

    @Test
    void tellsEndOffsetsAndCommittedOffsets(TestEnvironment environment) {
        Topics topics = environment.topics();
        String topic = topics.createUnique("orders", 3);
        String group = Topics.unique("shipping");
        environment.producer().write(RawProducer.record(topic, 1, "order.placed", new byte[] {1}));
        environment.producer().write(RawProducer.record(topic, 1, "order.placed", new byte[] {2}));
        assertThat(topics.endOffsets(topic)).isEqualTo(Map.of(0, 0L, 1, 2L, 2, 0L));
        assertThat(topics.committedOffsets(group, topic)).isEmpty();

        topics.commit(group, topic, 1, 2);
        assertThat(topics.committedOffsets(group, topic)).isEqualTo(Map.of(1, 2L));
    }

    @Test
    void createsAndDeletesTopics(TestEnvironment environment) {
        Topics topics = environment.topics();
        String topic = Topics.unique("orders");
        assertThat(topics.exists(topic)).isFalse();

        topics.create(topic, 5, Map.of("cleanup.policy", "compact"));
        assertThat(topics.exists(topic)).isTrue();
        assertThat(topics.partitions(topic)).isEqualTo(5);
        assertThatExceptionOfType(TopicExistsException.class).isThrownBy(() -> topics.create(topic, 1));

        topics.delete(topic);
        assertThat(topics.exists(topic)).isFalse();
        assertThatExceptionOfType(UnknownTopicOrPartitionException.class).isThrownBy(() -> topics.partitions(topic));
    }

    @Test
    void createsNoTopicThatNobodyAskedFor(TestEnvironment environment) {
        String topic = Topics.unique("missing");
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                environment.bootstrapServers(),
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                500);
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
                Silence clients = Silence.of("org.apache.kafka.clients")) {
            assertThat(clients).isNotNull();
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> producer.partitionsFor(topic));
        }
        assertThat(environment.topics().exists(topic)).isFalse();
    }

    @Test
    void hasARegistry(TestEnvironment environment) throws Exception {
        assertThat(registryAnswers(environment)).isTrue();
    }

    @Test
    void isTheSameForAllTestsOfAPlatform(TestEnvironment one, TestEnvironment other) {
        assertThat(one).isSameAs(other);
    }

    @Test
    void stopsAndStartsTheBroker(StoppableEnvironment environment, TestEnvironment shared) {
        assertThat(environment.bootstrapServers()).isNotEqualTo(shared.bootstrapServers());
        String topic = environment.topics().createUnique("orders", 1);
        environment.producer().write(numbered(topic, 0, 3));

        environment.stopBroker();
        environment.startBroker();

        environment.producer().write(numbered(topic, 3, 4));
        assertThat(environment.clients().readAll(topic)).hasSize(4);
    }

    @Test
    void stopsAndStartsTheRegistry(StoppableEnvironment environment) throws Exception {
        environment.stopRegistry();
        assertThat(registryAnswers(environment)).isFalse();
        environment.startRegistry();
        assertThat(registryAnswers(environment)).isTrue();
    }

    private static ConsumerRecord<byte[], byte[]> onlyRecord(TestEnvironment environment, String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = environment.clients().readAll(topic);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static List<ProducerRecord<byte[], byte[]>> numbered(String topic, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> RawProducer.record(topic, Integer.toString(i), new byte[0]))
                .toList();
    }

    private static boolean registryAnswers(TestEnvironment environment) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(environment.registryUrl() + "/subjects"))
                .build();
        try {
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            return response.statusCode() == 200;
        } catch (IOException refused) {
            return false;
        }
    }
}
