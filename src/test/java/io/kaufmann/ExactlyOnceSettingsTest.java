package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactlyOnceSettingsTest {

    private static final String PROVIDER = "org.apache.kafka.common.config.provider.EnvVarConfigProvider";

    static KaufmannConfig.Builder exactlyOnce() {
        return Samples.essentials().processingGuarantee(ProcessingGuarantee.EXACTLY_ONCE);
    }

    @Test
    void theGuaranteeIsAtLeastOnceUnlessAskedFor() {
        assertThat(Samples.essentials().build().processingGuarantee()).isEqualTo(ProcessingGuarantee.AT_LEAST_ONCE);
        assertThat(Samples.with("kaufmann.processing.guarantee", "Exactly_Once").processingGuarantee())
                .isEqualTo(ProcessingGuarantee.EXACTLY_ONCE);
        assertThat(Samples.problemsOf("kaufmann.processing.guarantee", "at_most_once"))
                .containsExactly(
                        "kaufmann.processing.guarantee: 'at_most_once' is not among the choices. Write at_least_once"
                                + " or exactly_once");
    }

    @Test
    void repliesWaitForAShorterIntervalAndNoGapMapTellsOfThem() {
        KaufmannConfig config = exactlyOnce().build();

        assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.gapMapLimit()).isZero();
        assertThat(config.toString())
                .contains("kaufmann.commit.interval=100ms", "kaufmann.processing.guarantee=exactly_once");
        assertThat(exactlyOnce().commitInterval(Duration.ofSeconds(3)).build().commitInterval())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' '  | is blank",
                "'a\tb' | has a line break or another control character",
            })
    void aPrefixCanBeRead(String prefix, String reason) {
        assertThat(Samples.problems(exactlyOnce().transactionalIdPrefix(prefix)))
                .singleElement()
                .asString()
                .startsWith("kaufmann.transactional.id.prefix: ")
                .contains(reason);
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                Arguments.of(
                        Samples.essentials().transactionalIdPrefix("greeter-7"),
                        "kaufmann.transactional.id.prefix is set, and kaufmann.processing.guarantee is not exactly_once, so"
                                + " nothing is sent in transactions. Write kaufmann.processing.guarantee=exactly_once, or"
                                + " take it out"),
                Arguments.of(
                        exactlyOnce().commitStrategy(CommitStrategy.SYNC),
                        "kaufmann.commit.strategy is set, and has no effect with kaufmann.processing.guarantee=exactly_once,"
                                + " whose commits are transactions, each begun when the last is over. Take it out"),
                Arguments.of(
                        exactlyOnce().gapMapLimit(1),
                        "kaufmann.gap.map.limit is above 0, and cannot be with kaufmann.processing.guarantee=exactly_once: a"
                                + " commit would tell as finished what has not published its replies. Take it out"),
                Arguments.of(
                        exactlyOnce().kafkaConsumer("isolation.level", "read_uncommitted"),
                        "kafka.consumer.isolation.level is read_uncommitted, and cannot be with"
                                + " kaufmann.processing.guarantee=exactly_once: events of aborted transactions would be"
                                + " answered. Take it out"),
                Arguments.of(
                        exactlyOnce().kafka("isolation.level", "read_uncommitted"),
                        "kafka.isolation.level is read_uncommitted"),
                Arguments.of(
                        exactlyOnce().transactionalIdPrefix("${env:POD}"),
                        "kaufmann.transactional.id.prefix has ${ in it, and no config provider of the producers fills it in:"
                                + " all instances would have the same transactional id. Set kafka.config.providers, or write"
                                + " a kaufmann.transactional.id.prefix of this instance's own"),
                Arguments.of(
                        exactlyOnce()
                                .kafkaConsumer("group.instance.id", "${env:POD}")
                                .kafkaConsumer("config.providers", "env")
                                .kafkaConsumer("config.providers.env.class", PROVIDER),
                        "kafka.consumer.group.instance.id has ${ in it, and no config provider of the producers"),
                Arguments.of(
                        exactlyOnce().kafkaProducer("transaction.timeout.ms", "999"),
                        "kafka.producer.transaction.timeout.ms: '999ms' is too short: brokers would abort transactions"
                                + " before they can end. Write at least 1000"),
                Arguments.of(
                        exactlyOnce().kafkaProducer("delivery.timeout.ms", "10001"),
                        "kafka.producer.delivery.timeout.ms: '10001ms' is more than Kafka's transaction.timeout.ms, which is"
                                + " 10s, so records would outlive their transaction. Write less, take it out, or raise"
                                + " kafka.producer.transaction.timeout.ms"),
                Arguments.of(
                        exactlyOnce().kafka("request.timeout.ms", "30000"),
                        "kafka.producer.request.timeout.ms and kafka.producer.linger.ms: together they are '30s', more than"
                                + " Kafka's delivery.timeout.ms, which is 10s. Write less, or raise"
                                + " kafka.producer.delivery.timeout.ms and kafka.producer.transaction.timeout.ms, which must"
                                + " not be below that"),
                Arguments.of(
                        exactlyOnce().kafkaProducer("linger.ms", String.valueOf(Long.MAX_VALUE)),
                        "more than Kafka's delivery.timeout.ms"),
                Arguments.of(
                        exactlyOnce().kafkaProducer("transaction.timeout.ms", "300000"),
                        "kafka.producer.transaction.timeout.ms: '5m' is not below Kafka's max.poll.interval.ms, which is 5m,"
                                + " so a consumer thread that waits for its transaction would lose its partitions. Write"
                                + " less, or raise kafka.consumer.max.poll.interval.ms"),
                Arguments.of(
                        exactlyOnce()
                                .drainTimeout(Duration.ofSeconds(1))
                                .kafkaConsumer("max.poll.interval.ms", "10000"),
                        "kafka.producer.transaction.timeout.ms: '10s' is not below Kafka's max.poll.interval.ms"),
                Arguments.of(
                        exactlyOnce().kafkaProducer("max.block.ms", String.valueOf(Long.MAX_VALUE)),
                        "is not below Kafka's max.poll.interval.ms, which is 5m"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void sayWhatCannotWorkTogether(KaufmannConfig.Builder config, String problem) {
        assertThat(Samples.problems(config)).singleElement().asString().contains(problem);
    }

    static Stream<KaufmannConfig.Builder> harmless() {
        return Stream.of(
                exactlyOnce().gapMapLimit(0),
                exactlyOnce().kafkaConsumer("isolation.level", "read_committed"),
                exactlyOnce().kafkaProducer("transaction.timeout.ms", "1000"),
                exactlyOnce().kafkaProducer("delivery.timeout.ms", "10000"),
                exactlyOnce().kafkaProducer("request.timeout.ms", "10000"),
                exactlyOnce().kafkaProducer("transaction.timeout.ms", "60000").kafka("request.timeout.ms", "30000"),
                exactlyOnce().kafkaProducer("request.timeout.ms", "3000").kafka("request.timeout.ms", "30000"),
                exactlyOnce().kafkaProducer("transaction.timeout.ms", "299999"),
                exactlyOnce()
                        .transactionalIdPrefix("${env:POD}")
                        .kafka("config.providers", "env")
                        .kafka("config.providers.env.class", PROVIDER),
                exactlyOnce().transactionalIdPrefix("greeter-7").kafkaConsumer("group.instance.id", "${env:POD}"),
                Samples.essentials()
                        .kafkaProducer("delivery.timeout.ms", "120000")
                        .kafkaConsumer("isolation.level", "read_uncommitted")
                        .commitStrategy(CommitStrategy.SYNC));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void leaveInPeaceWhatCan(KaufmannConfig.Builder config) {
        assertThatCode(config::build).doesNotThrowAnyException();
    }

    /** What is wrong by itself is told once, and what providers fill in cannot be judged. */
    @ParameterizedTest
    @ValueSource(strings = {"transaction.timeout.ms", "delivery.timeout.ms", "max.block.ms", "linger.ms"})
    void judgeNoTimesThatAreNotKnown(String name) {
        assertThat(Samples.problems(exactlyOnce().kafkaProducer(name, "soon")))
                .singleElement()
                .asString()
                .startsWith("kafka.producer." + name + " is not what Kafka takes");
        assertThatCode(exactlyOnce().kafkaProducer(name, "${env:TIME}")::build).doesNotThrowAnyException();
    }
}
