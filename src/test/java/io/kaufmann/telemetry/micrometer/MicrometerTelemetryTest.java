package io.kaufmann.telemetry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.EventNames;
import io.kaufmann.telemetry.Telemetry;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MicrometerTelemetryTest {

    private static final Duration TWO_MILLIS = Duration.ofMillis(2);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Telemetry telemetry = new MicrometerTelemetry(registry);

    @Test
    void measuresDecoding() {
        telemetry.decoded(new Telemetry.Decoded("event.x", "rapids", 3, 1042, "greeter", 100, TWO_MILLIS));
        telemetry.decoded(new Telemetry.Decoded("event.x", "rapids", 3, 1043, "greeter", 50, TWO_MILLIS));

        Tags tags = Tags.of("event", "event.x", "topic", "rapids", "partition", "3", "consumer_group", "greeter");
        assertTimes("kaufmann.schema.decode", tags, 2, 4);
        assertSizes("kaufmann.schema.decode.size", tags, 2, 150);
    }

    @Test
    void measuresHandling() {
        telemetry.handled(new Telemetry.Handled("event.x", "rapids", 3, "Greeter", "greeter", TWO_MILLIS, TWO_MILLIS));

        assertTimes(
                "kaufmann.event.handle",
                Tags.of(
                        "event", "event.x",
                        "topic", "rapids",
                        "partition", "3",
                        "handler", "Greeter",
                        "consumer_group", "greeter"),
                1,
                2);
    }

    @Test
    void measuresEncoding() {
        telemetry.encoded(new Telemetry.Encoded("event.x", 100, TWO_MILLIS));

        assertTimes("kaufmann.schema.encode", Tags.of("event", "event.x"), 1, 2);
        assertSizes("kaufmann.schema.encode.size", Tags.of("event", "event.x"), 1, 100);
    }

    @Test
    void measuresPublishing() {
        telemetry.published(new Telemetry.Published("event.x", "rapids", 3, 100, TWO_MILLIS));

        Tags tags = Tags.of("event", "event.x", "topic", "rapids", "partition", "3");
        assertTimes("kaufmann.publisher.publish", tags, 1, 2);
        assertSizes("kaufmann.publisher.publish.size", tags, 1, 100);
    }

    @Test
    void cutsEventNamesAtHashAndColon() {
        for (String name : List.of("event.x", "event.x#1", "event.x:2", "event.x:3#4", "event.x#5:6")) {
            telemetry.encoded(new Telemetry.Encoded(name, 1, TWO_MILLIS));
        }

        assertThat(tagsOf("kaufmann.schema.encode", "event")).containsExactly("event.x");
    }

    @Test
    void inventedEventNamesAreTaggedUpToABound() {
        for (int i = 0; i < 5_000; i++) {
            consume("event." + i, "rapids");
        }

        assertThat(tagsOf("kaufmann.schema.decode", "event"))
                .hasSize(TagNames.MAX_UNKNOWN + 1)
                .contains("event.0", "event.199", "other")
                .doesNotContain("event.200");
        assertThat(registry.get("kaufmann.schema.decode")
                        .tag("event", "other")
                        .timer()
                        .count())
                .isEqualTo(4_800);
    }

    @Test
    void eventsHandledByNameAreTaggedWhateverElseComes() {
        Telemetry named = new MicrometerTelemetry(registry, EventNames.of("command.mine"));
        for (int i = 0; i < 300; i++) {
            named.encoded(new Telemetry.Encoded("event." + i, 1, TWO_MILLIS));
        }
        named.encoded(new Telemetry.Encoded("command.mine#42", 1, TWO_MILLIS));

        assertThat(tagsOf("kaufmann.schema.encode", "event")).contains("command.mine");
    }

    @Test
    void aFloodOfConsumedNamesLeavesThePublishedOnesTheirTags() {
        for (int i = 0; i < 300; i++) {
            consume("event." + i, "rapids");
        }
        telemetry.encoded(new Telemetry.Encoded("event.mine", 1, TWO_MILLIS));

        assertThat(tagsOf("kaufmann.schema.encode", "event")).containsExactly("event.mine");
    }

    @Test
    void topicsAreTaggedUpToABoundAndTheRestSharesAPartitionToo() {
        for (int i = 0; i < 1_000; i++) {
            consume("event.x", "topic." + i);
            telemetry.published(new Telemetry.Published("event.x", "topic." + i, i, 1, TWO_MILLIS));
        }

        assertThat(tagsOf("kaufmann.schema.decode", "topic")).hasSize(TagNames.MAX_UNKNOWN + 1);
        assertThat(registry.get("kaufmann.publisher.publish")
                        .tags("topic", "other", "partition", "other")
                        .timer()
                        .count())
                .isEqualTo(800);
    }

    @Test
    void theSeriesOfAMeasureAreBoundedAltogether() {
        for (int event = 0; event < 100; event++) {
            for (int partition = 0; partition < 110; partition++) {
                telemetry.published(new Telemetry.Published("event." + event, "rapids", partition, 1, TWO_MILLIS));
            }
        }

        assertThat(registry.find("kaufmann.publisher.publish").timers()).hasSize(Series.MAX_SERIES + 1);
        assertThat(registry.get("kaufmann.publisher.publish")
                        .tags("event", "other", "partition", "other")
                        .timer()
                        .count())
                .isEqualTo(1_000);
    }

    @Test
    void namesThatAreNoNamesBecomeNoTags() {
        for (String name : List.of("", " ", "#1", "a\nb", "x".repeat(201))) {
            telemetry.encoded(new Telemetry.Encoded(name, 1, TWO_MILLIS));
        }

        assertThat(tagsOf("kaufmann.schema.encode", "event")).containsExactly("other");
    }

    @Test
    void measuresIntoTheGlobalRegistryToo() {
        Metrics.addRegistry(registry);
        try {
            new MicrometerTelemetry().encoded(new Telemetry.Encoded("event.global", 1, TWO_MILLIS));

            assertThat(tagsOf("kaufmann.schema.encode", "event")).containsExactly("event.global");
        } finally {
            Metrics.removeRegistry(registry);
            Metrics.globalRegistry.clear();
        }
    }

    @RepeatedTest(100)
    void countsEachEventOnceFromManyThreads() throws Exception {
        int threads = 8;
        int names = TagNames.MAX_UNKNOWN + 50;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                done.add(pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < names; i++) {
                        telemetry.encoded(new Telemetry.Encoded("event." + i, 1, TWO_MILLIS));
                    }
                    return null;
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(registry.find("kaufmann.schema.encode").timers().stream()
                        .mapToLong(Timer::count)
                        .sum())
                .isEqualTo((long) threads * names);
        assertThat(tagsOf("kaufmann.schema.encode", "event")).hasSize(TagNames.MAX_UNKNOWN + 1);
    }

    private void consume(String event, String topic) {
        telemetry.decoded(new Telemetry.Decoded(event, topic, 0, 0, "greeter", 1, TWO_MILLIS));
    }

    private void assertTimes(String name, Tags tags, long count, double millis) {
        Timer timer = registry.get(name).tags(tags).timer();
        assertThat(timer.getId().getTags()).containsExactlyInAnyOrderElementsOf(tags);
        assertThat(timer.count()).isEqualTo(count);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(millis);
    }

    private void assertSizes(String name, Tags tags, long count, double bytes) {
        DistributionSummary summary = registry.get(name).tags(tags).summary();
        assertThat(summary.getId().getBaseUnit()).isEqualTo("bytes");
        assertThat(summary.count()).isEqualTo(count);
        assertThat(summary.totalAmount()).isEqualTo(bytes);
    }

    private Set<String> tagsOf(String meter, String tag) {
        return registry.find(meter).meters().stream()
                .map(Meter::getId)
                .map(id -> id.getTag(tag))
                .collect(Collectors.toSet());
    }
}
