package io.kaufmann.telemetry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.EventNames;
import io.kaufmann.health.Ending;
import io.kaufmann.telemetry.Telemetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final Tags PLACE =
            Tags.of("event", "event.x", "topic", "rapids", "partition", "3", "consumer_group", "greeter");

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
    void measuresWaiting() {
        telemetry.handled(
                new Telemetry.Handled("event.x", "rapids", 3, "Greeter", "greeter", Duration.ofMillis(7), TWO_MILLIS));

        assertTimes("kaufmann.event.wait", PLACE, 1, 7);
    }

    @Test
    void countsEachEndingAndTimesAllButTheDropped() {
        for (Ending ending : Ending.values()) {
            finish(ending);
        }
        finish(Ending.FAILED);

        assertCount("kaufmann.events", PLACE.and("outcome", "handled"), 1);
        assertCount("kaufmann.events", PLACE.and("outcome", "failed"), 2);
        assertCount("kaufmann.events", PLACE.and("outcome", "dead_lettered"), 1);
        assertCount("kaufmann.events", PLACE.and("outcome", "parked"), 1);
        assertCount("kaufmann.events", PLACE.and("outcome", "ignored"), 1);
        assertCount("kaufmann.events", PLACE.and("outcome", "dropped"), 1);
        assertTimes("kaufmann.event.latency", PLACE, 6, 6 * 2);
        assertTimes("kaufmann.event.age", PLACE, 6, 6 * 30);
    }

    @Test
    void countsWhatIsPassedOverWithoutAName() {
        telemetry.passedOver(new Telemetry.PassedOver("rapids", 3, "greeter", 5));
        telemetry.passedOver(new Telemetry.PassedOver("rapids", 3, "greeter", 2));

        assertCount("kaufmann.events", PLACE.and("event", "none", "outcome", "passed_over"), 7);
    }

    @Test
    void countsWhatBecomesOfEventsThatFail() {
        telemetry.retried(new Telemetry.Retried("event.x#7", "rapids", 3, "greeter", 1, TWO_MILLIS));
        telemetry.retried(new Telemetry.Retried("event.x#8", "rapids", 3, "greeter", 2, TWO_MILLIS));
        telemetry.errorSent(new Telemetry.ErrorSent("event.x", "rapids", 3, "greeter"));
        telemetry.deadLettered(new Telemetry.DeadLettered("event.x", "rapids", 3, "greeter", "handle"));
        telemetry.deadLettered(new Telemetry.DeadLettered("event.x", "rapids", 3, "greeter", "parked"));

        assertCount("kaufmann.event.retries", PLACE, 2);
        assertCount("kaufmann.error.events", PLACE, 1);
        assertCount("kaufmann.dead.letters", PLACE.and("stage", "handle"), 1);
        assertCount("kaufmann.dead.letters", PLACE.and("stage", "parked"), 1);
    }

    @Test
    void countsWhatHappensBetweenTheServiceAndItsGroup() {
        EveryCall.ofGroup(telemetry, "rapids", 3);

        Tags group = Tags.of("consumer_group", "greeters");
        assertCount("kaufmann.commits", group.and("result", "ok"), 1);
        assertCount("kaufmann.commits", group.and("result", "failed"), 1);
        assertCount("kaufmann.rebalances", group.and("change", "assigned"), 1);
        assertCount("kaufmann.rebalances", group.and("change", "revoked"), 1);
        assertCount("kaufmann.rebalances", group.and("change", "lost"), 1);
        Tags partition = group.and("topic", "rapids", "partition", "3");
        assertCount("kaufmann.pauses", partition.and("reason", "full_share"), 1);
        assertCount("kaufmann.pauses", partition.and("reason", "full"), 1);
        assertCount("kaufmann.pauses", partition.and("reason", "full_span"), 1);
    }

    @Test
    void aFloodOfInventedNamesFillsNoMeter() {
        for (int i = 0; i < 100_000; i++) {
            EveryCall.ofEvent(telemetry, "event." + i, "rapids", i % 3);
        }

        int names = TagNames.MAX_UNKNOWN + 1;
        for (Measure measure : Measure.values()) {
            if (measure.tags().contains(Tag.EVENT)) {
                assertThat(tagsOf(measure.id(), "event")).as(measure.id()).hasSize(names);
            }
        }
        // Of each name in each partition; encoding has two beside these.
        int perPartition = 2 + 2 + 2 + 2 + Ending.values().length + 3;
        assertThat(registry.getMeters()).hasSizeLessThanOrEqualTo(names * (3 * perPartition + 2));
        assertThat(registry.get("kaufmann.events").tags("event", "other", "outcome", "failed").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum())
                .isEqualTo(100_000 - TagNames.MAX_UNKNOWN);
    }

    @Test
    void aFloodOfInventedTopicsFillsNoMeter() {
        for (int i = 0; i < 2_000; i++) {
            EveryCall.ofEvent(telemetry, "event.x", "topic." + i, i);
            EveryCall.ofGroup(telemetry, "topic." + i, i);
        }

        int names = TagNames.MAX_UNKNOWN + 1;
        assertThat(tagsOf("kaufmann.events", "topic")).hasSize(names);
        assertThat(tagsOf("kaufmann.pauses", "topic")).hasSize(names);
        assertThat(tagsOf("kaufmann.pauses", "partition")).hasSize(names).contains("other");
    }

    @Test
    void whatIsTooManyKeepsItsOutcome() {
        for (int event = 0; event < 100; event++) {
            for (int partition = 0; partition < 110; partition++) {
                EveryCall.ofEvent(telemetry, "event." + event, "rapids", partition);
            }
        }

        for (Ending ending : Ending.values()) {
            assertThat(
                            registry
                                    .get("kaufmann.events")
                                    .tag("outcome", ending.name().toLowerCase(Locale.ROOT))
                                    .counters()
                                    .stream()
                                    .mapToDouble(Counter::count)
                                    .sum())
                    .isEqualTo(11_000);
        }
        assertThat(registry.find("kaufmann.events").counters()).hasSize(Series.MAX_SERIES + Ending.values().length);
    }

    @Test
    void measuresNothingWhereNobodyHearsAndAllFromThenOnWhenSomebodyDoes() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        Telemetry composed = new MicrometerTelemetry(composite);
        EveryCall.to(composed);
        assertThat(composite.getMeters()).isEmpty();

        composite.add(registry);
        composed.encoded(new Telemetry.Encoded("event.x", 1, TWO_MILLIS));
        SimpleMeterRegistry later = new SimpleMeterRegistry();
        composite.add(later);
        composed.encoded(new Telemetry.Encoded("event.x", 1, TWO_MILLIS));

        assertThat(registry.get("kaufmann.schema.encode").timer().count()).isEqualTo(2);
        assertThat(later.get("kaufmann.schema.encode").timer().count()).isEqualTo(1);
    }

    @Test
    void eventsThatTheServiceHandlesAreTaggedWhateverElseComes() {
        Telemetry served =
                telemetry.forService(new Telemetry.Served("greeter", "greeters", EventNames.of("command.mine"), false));
        for (int i = 0; i < 300; i++) {
            EveryCall.ofEvent(served, "event." + i, "rapids", 0);
        }
        EveryCall.ofEvent(served, "command.mine", "rapids", 0);

        for (Measure measure : Measure.values()) {
            if (measure.tags().contains(Tag.EVENT)) {
                assertThat(tagsOf(measure.id(), "event")).contains("command.mine");
            }
        }
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

    private void finish(Ending ending) {
        telemetry.finished(new Telemetry.Finished(
                "event.x", "rapids", 3, "greeter", ending, 1, TWO_MILLIS, Duration.ofMillis(30)));
    }

    private void assertCount(String name, Tags tags, double count) {
        Counter counter = registry.get(name).tags(tags).counter();
        assertThat(counter.getId().getTags()).containsExactlyInAnyOrderElementsOf(tags);
        assertThat(counter.count()).isEqualTo(count);
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
