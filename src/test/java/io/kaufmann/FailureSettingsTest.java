package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.handler.KeylessEvents;
import io.kaufmann.handler.Ordering;
import io.kaufmann.handler.RetryPolicy;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailureSettingsTest {

    @Test
    void areOffByDefault() {
        KaufmannConfig config = Samples.essentials().build();

        assertThat(config.ordering()).isEqualTo(Ordering.UNORDERED);
        assertThat(config.retryPolicy().nextDelay(1, new RuntimeException())).isEmpty();
        assertThat(config.deadLetterTopic().topics()).isEmpty();
        assertThat(config.handlerTimeLimit()).isEmpty();
        assertThat(config.maxDemandPerPartition()).isEmpty();
        assertThat(config.maxLostWorkers()).isEqualTo(config.maxDemand());
        assertThat(config.stallAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.gapMapLimit()).isEqualTo(2_000);
        assertThat(config.toString()).contains("kaufmann.retry.policy=none", "kaufmann.dead.letter.topic=none");
    }

    @Test
    void readARetryPolicy() {
        assertThat(retries("fixed(3, 1s)")).isEqualTo(RetryPolicy.fixed(3, Duration.ofSeconds(1)));
        assertThat(retries("Exponential(5,200ms,10s)"))
                .isEqualTo(RetryPolicy.exponential(5, Duration.ofMillis(200), Duration.ofSeconds(10)));
        assertThat(retries("none").nextDelay(1, new RuntimeException())).isEmpty();
    }

    private static RetryPolicy retries(String text) {
        return Samples.essentials()
                .properties(Samples.properties("kaufmann.retry.policy", text))
                .build()
                .retryPolicy();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fixed(3)          | is neither fixed with two values nor exponential with three",
                "linear(3, 1s)     | is neither fixed with two values nor exponential with three",
                "fixed(0, 1s)      | is too small",
                "fixed(many, 1s)   | is not a whole number",
                "fixed(3, 1x)      | has an unknown unit",
                "exponential(3, 2s, 1s) | has a longest wait that is shorter than the first",
                "fixed             | is not the name of a class on the class path",
                "java.lang.String  | names a class that does not implement io.kaufmann.handler.RetryPolicy"
            })
    void sayWhatIsWrongWithARetryPolicy(String text, String problem) {
        assertThat(Samples.problems(Samples.essentials().properties(Samples.properties("kaufmann.retry.policy", text))))
                .singleElement()
                .asString()
                .contains("kaufmann.retry.policy: ", problem, "Write fixed(ATTEMPTS, WAIT)");
    }

    @Test
    void readADeadLetterTopic() {
        KaufmannConfig config =
                Samples.essentials().deadLetterTopic("greeter.dead").build();

        assertThat(config.deadLetterTopic().topics()).containsExactly("greeter.dead");
        assertThat(config.toString()).contains("kaufmann.dead.letter.topic=greeter.dead");
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                Arguments.of(
                        Samples.essentials().deadLetterTopic("a/b"),
                        "kaufmann.dead.letter.topic: 'a/b' is no name for a topic"),
                Arguments.of(
                        Samples.essentials().deadLetterTopic("__consumer_offsets"),
                        "kaufmann.dead.letter.topic: '__consumer_offsets' begins with __"),
                Arguments.of(
                        Samples.essentials().subscriptionTopics("a", "b").deadLetterTopic("b"),
                        "'b' is among kaufmann.subscription.topics, so the service would read its own dead letters"),
                Arguments.of(
                        Samples.essentials().deadLetterTopic("dead").deadLetterParking(true),
                        "kaufmann.dead.letter.parking is true, and kaufmann.ordering is not key"),
                Arguments.of(
                        Samples.essentials().ordering(Ordering.KEY).deadLetterParking(true),
                        "kaufmann.dead.letter.parking is true, and kaufmann.dead.letter.topic is missing"),
                Arguments.of(
                        Samples.essentials().ordering(Ordering.PARTITION).keylessEvents(KeylessEvents.ORDERED),
                        "kaufmann.keyless.events is ordered, and kaufmann.ordering is not key"),
                Arguments.of(
                        Samples.essentials().maxDemand(4).maxDemandPerPartition(5),
                        "kaufmann.max.demand.per.partition: 5 is more than kaufmann.max.demand, which is 4"),
                Arguments.of(
                        Samples.essentials().maxLostWorkers(5),
                        "kaufmann.max.lost.workers is set, and kaufmann.handler.time.limit is not"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void sayWhichContradictEachOther(KaufmannConfig.Builder config, String problem) {
        assertThat(Samples.problems(config)).singleElement().asString().contains(problem);
    }
}
