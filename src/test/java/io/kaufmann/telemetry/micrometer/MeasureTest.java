package io.kaufmann.telemetry.micrometer;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MeasureTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    MeasureTest() {
        EveryCall.to(new MicrometerTelemetry(registry).forService(EveryCall.SERVICE));
    }

    @Test
    void theListHasAllThatIsRegisteredWithItsTagsAndNothingElse() {
        Map<String, Set<Set<String>>> registered = registry.getMeters().stream()
                .map(Meter::getId)
                .collect(Collectors.groupingBy(Meter.Id::getName, mapping(MeasureTest::tags, toSet())));

        assertThat(registered)
                .isEqualTo(Arrays.stream(Measure.values())
                        .collect(toMap(
                                Measure::id,
                                measure -> Set.of(
                                        measure.tags().stream().map(Tag::text).collect(toSet())))));
    }

    @Test
    void theListTellsKindUnitAndWords() {
        for (Measure measure : Measure.values()) {
            Meter.Id id = registry.get(measure.id()).meters().iterator().next().getId();
            assertThat(id.getType())
                    .as(measure.id())
                    .isEqualTo(
                            switch (measure.kind()) {
                                case TIMER -> Meter.Type.TIMER;
                                case SIZES -> Meter.Type.DISTRIBUTION_SUMMARY;
                                case COUNTER -> Meter.Type.COUNTER;
                                case GAUGE, SIZE, AGE -> Meter.Type.GAUGE;
                            });
            assertThat(id.getDescription()).isEqualTo(measure.description());
            // Before it is written for a backend, in seconds there, a time has the registry's unit.
            String unit = measure.kind().unit();
            if (!unit.equals("seconds")) {
                assertThat(id.getBaseUnit()).as(measure.id()).isEqualTo(unit.isEmpty() ? null : unit);
            }
        }
    }

    @Test
    void keepsTheNamesOfKaufmannEx() {
        assertThat(Arrays.stream(Measure.values()).map(Measure::id))
                .containsAll(List.of(
                        "kaufmann.schema.decode",
                        "kaufmann.schema.decode.size",
                        "kaufmann.event.handle",
                        "kaufmann.schema.encode",
                        "kaufmann.schema.encode.size",
                        "kaufmann.publisher.publish",
                        "kaufmann.publisher.publish.size"));
    }

    private static Set<String> tags(Meter.Id id) {
        return id.getTags().stream().map(tag -> tag.getKey()).collect(toSet());
    }
}
