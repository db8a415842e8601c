package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaPassThroughTest {

    private static final String JAAS = "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"ada\" password=\"hunter2\";";

    @Test
    void theNarrowerKeyGoesBeforeTheWider() {
        KaufmannConfig config = Samples.with(
                "kafka.consumer.client.id", "reader",
                "kafka.client.id", "all",
                "kafka.request.timeout.ms", "9000",
                "kafka.producer.linger.ms", "3");

        assertThat(config.consumerProperties())
                .containsOnly(
                        entry("bootstrap.servers", "localhost:9092"),
                        entry("client.id", "reader"),
                        entry("request.timeout.ms", "9000"));
        assertThat(config.producerProperties())
                .containsOnly(
                        entry("bootstrap.servers", "localhost:9092"),
                        entry("client.id", "all"),
                        entry("request.timeout.ms", "9000"),
                        entry("linger.ms", "3"));
        assertThat(config.adminProperties())
                .containsOnly(
                        entry("bootstrap.servers", "localhost:9092"),
                        entry("client.id", "all"),
                        entry("request.timeout.ms", "9000"));
    }

    @Test
    void aCommonKeyReachesTheClientsThatKnowIt() {
        KaufmannConfig config = Samples.with("kafka.max.poll.records", "10", "kafka.linger.ms", "3");

        assertThat(config.consumerProperties()).containsKey("max.poll.records").doesNotContainKey("linger.ms");
        assertThat(config.producerProperties()).containsKey("linger.ms").doesNotContainKey("max.poll.records");
        assertThat(config.adminProperties()).containsOnlyKeys("bootstrap.servers");
    }

    @Test
    void theBuilderHasTheSame() {
        KaufmannConfig config = Samples.essentials()
                .kafka("security.protocol", "SASL_SSL")
                .kafkaConsumer("fetch.min.bytes", "7")
                .kafkaProducer("compression.type", "zstd")
                .build();

        assertThat(config.adminProperties()).containsEntry("security.protocol", "SASL_SSL");
        assertThat(config.consumerProperties()).containsEntry("fetch.min.bytes", "7");
        assertThat(config.producerProperties()).containsEntry("compression.type", "zstd");
    }

    @Test
    void theEnvironmentHasTheSame() {
        KaufmannConfig config = Samples.essentials()
                .environment(Map.of(
                        "KAUFMANN_KAFKA_SASL_JAAS_CONFIG", JAAS,
                        "KAUFMANN_KAFKA_CONSUMER_FETCH_MIN_BYTES", "7",
                        "KAUFMANN_KAFKA_PRODUCER_MAX_BLOCK_MS", "8"))
                .build();

        assertThat(config.adminProperties()).containsEntry("sasl.jaas.config", new Password(JAAS));
        assertThat(config.consumerProperties()).containsEntry("fetch.min.bytes", "7");
        assertThat(config.producerProperties()).containsEntry("max.block.ms", "8");
    }

    @Test
    void everyNameOfKafkasCanBeWrittenInTheEnvironment() {
        assertThat(Stream.of(KafkaClient.values()).flatMap(client -> client.names().stream()))
                .allMatch(name -> name.matches("[a-z0-9.]+"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka.bootstrap.servers | set kaufmann.bootstrap.servers",
                "kafka.consumer.group.id | set kaufmann.consumer.group",
                "kafka.consumer.auto.offset.reset | set kaufmann.auto.offset.reset",
                "kafka.consumer.enable.auto.commit | Kaufmann commits what is finished",
                "kafka.consumer.value.deserializer | Kaufmann reads and writes bytes; formats are kaufmann.transcoders",
                "kafka.producer.key.serializer | Kaufmann reads and writes bytes",
                "kafka.producer.acks | Kaufmann always writes with acks=all",
                "kafka.enable.idempotence | Kaufmann always writes with acks=all",
                "kafka.producer.partitioner.ignore.keys | set kaufmann.partition.strategy",
                "kafka.producer.transactional.id | each consumer thread has one of its own: set kaufmann.transactional.id",
                "kafka.producer.transaction.two.phase.commit.enable | Kaufmann ends its transactions itself",
            })
    void whatKaufmannOwnsIsRefused(String key, String instead) {
        assertThat(Samples.problemsOf(key, "x"))
                .singleElement()
                .asString()
                .startsWith(key + " is Kaufmann's own to set. Take it out; " + instead);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka.consumer.fetch.min.byte | Did you mean kafka.consumer.fetch.min.bytes?",
                "kafka.producer.linger | Did you mean kafka.producer.linger.ms?",
                "kafka.sasl.jaas.conf | Did you mean kafka.sasl.jaas.config?",
                "kafka.ssl.keystore.pasword | Did you mean kafka.ssl.keystore.password?",
                "kafka.consumer.group.di | Did you mean group.id? That is Kaufmann's own to set; set kaufmann.consumer",
                "kafka.colour.of.the.sky | If a class of yours reads it, name that class too",
            })
    void aNameThatKafkaDoesNotKnowIsRefused(String key, String meant) {
        assertThat(Samples.problemsOf(key, "hunter2"))
                .singleElement()
                .asString()
                .startsWith(key + " is no setting that Kafka knows. " + meant)
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.consumer.linger.ms, kafka.producer.linger.ms",
        "kafka.producer.max.poll.records, kafka.consumer.max.poll.records",
    })
    void aSettingOfAnotherClientIsRefused(String key, String instead) {
        assertThat(Samples.problemsOf(key, "5"))
                .containsExactly(key + " is no setting of this Kafka client. Write " + instead);
    }

    @Test
    void aClassOfOnesOwnMayReadSettingsOfItsOwn() {
        KaufmannConfig config = Samples.with(
                "kafka.interceptor.classes", "com.example.Audit",
                "kafka.audit.topic", "audit",
                "kafka.producer.audit.level", "high");

        assertThat(config.consumerProperties())
                .containsEntry("audit.topic", "audit")
                .doesNotContainKey("audit.level");
        assertThat(config.producerProperties())
                .containsEntry("audit.topic", "audit")
                .containsEntry("audit.level", "high");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics.jmx.include", "allow.auto.create.topics", "group.protocol", "client.rack"})
    void theRestIsFree(String name) {
        assertThatCode(() -> Samples.with(
                        "kafka.consumer." + name,
                        switch (name) {
                            case "group.protocol" -> "consumer";
                            case "allow.auto.create.topics" -> "false";
                            default -> "x";
                        }))
                .doesNotThrowAnyException();
    }

    @Test
    void valuesAreCheckedByKafkasOwnDefinitions() {
        assertThat(Samples.problemsOf(
                        "kafka.consumer.max.poll.records", "0",
                        "kafka.producer.compression.type", "rar",
                        "kafka.security.protocol", "MAGIC",
                        "kafka.sasl.login.class", "com.example.Absent"))
                .satisfiesExactlyInAnyOrder(
                        records -> assertThat(records)
                                .startsWith("kafka.consumer.max.poll.records is not what Kafka takes: Invalid value 0"),
                        compression -> assertThat(compression).contains("compression.type", "rar"),
                        protocol -> assertThat(protocol).contains("security.protocol", "MAGIC"),
                        login -> assertThat(login).contains("sasl.login.class", "com.example.Absent"));
        assertThat(Samples.with(
                                "kafka.consumer.partition.assignment.strategy",
                                CooperativeStickyAssignor.class.getName())
                        .consumerProperties())
                .containsKey("partition.assignment.strategy");
    }

    @Test
    void whatConfigProvidersFillInIsLeftToThem() {
        KaufmannConfig config = Samples.with(
                "kafka.config.providers", "env",
                "kafka.config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
                "kafka.request.timeout.ms", "${env:TIMEOUT}",
                "kafka.ssl.key.password", "${env:PASSWORD}");

        assertThat(config.adminProperties())
                .containsEntry("request.timeout.ms", "${env:TIMEOUT}")
                .containsEntry("ssl.key.password", "${env:PASSWORD}")
                .containsKey("config.providers.env.class");
    }
}
