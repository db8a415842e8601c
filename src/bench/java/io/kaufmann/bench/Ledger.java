package io.kaufmann.bench;

import static io.kaufmann.bench.Contestant.Kind.KAUFMANN;
import static io.kaufmann.bench.Contestant.Kind.KAUFMANN_UNHEARD;
import static io.kaufmann.bench.Contestant.Kind.PLAIN_LOOP;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * All outcomes, and what is said of them: medians, spread, and ratios of the same round, against the plain loop, or for telemetry against
 * Kaufmann without any.
 */
final class Ledger {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path home;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * One run.
     *
     * @param work the work's name
     * @param kind what was measured
     * @param contestant who
     * @param round in which round
     * @param outcome what came of it
     */
    record Entry(String work, Work.Kind kind, Contestant.Kind contestant, int round, Outcome outcome) {}

    Ledger(Path home) {
        this.home = home;
    }

    void add(Work work, Contestant.Kind contestant, int round, Optional<Outcome> outcome) {
        outcome.ifPresent(present -> entries.add(new Entry(work.name(), work.kind(), contestant, round, present)));
    }

    /** With the rate of the free partitions beside what it is when none is stuck. */
    void addStuck(Work work, Contestant.Kind contestant, int round, Optional<Outcome> free, Optional<Outcome> stuck) {
        if (free.isPresent()) {
            double partitions = work.topic().partitions();
            double rate = stuck.map(Outcome::eventsPerSecond).orElse(0.0);
            double share = rate / (free.get().eventsPerSecond() * (partitions - 1) / partitions);
            Outcome both = new Outcome(
                    rate, stuck.map(Outcome::events).orElse(0L), 0, 0, 0, Map.of("of the others' rate", share));
            entries.add(new Entry(work.name(), work.kind(), contestant, round, both));
        }
    }

    void write() throws IOException {
        JSON.writeValue(home.resolve("ledger.json").toFile(), entries);
        Files.writeString(home.resolve("ledger.md"), markdown());
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        Map<String, List<Entry>> byWork = new LinkedHashMap<>();
        entries.forEach(entry ->
                byWork.computeIfAbsent(entry.work(), name -> new ArrayList<>()).add(entry));
        table(
                text,
                byWork,
                Work.Kind.THROUGHPUT,
                List.of(
                        "events/s",
                        "from - to",
                        "of the plain loop",
                        "CPU us",
                        "bytes",
                        "of the plain loop's",
                        "start ms"));
        table(
                text,
                byWork,
                Work.Kind.TELEMETRY,
                List.of("events/s", "from - to", "of that without", "CPU us", "of that without", "bytes"));
        table(
                text,
                byWork,
                Work.Kind.STUCK_PARTITION,
                List.of("events/s of the others", "of what they make otherwise"));
        table(
                text,
                byWork,
                Work.Kind.EXACTLY_ONCE,
                List.of("events/s", "from - to", "of Kaufmann's at least once", "CPU us", "bytes"));
        for (Work.Kind kind : List.of(Work.Kind.LATENCY, Work.Kind.ANSWER_LATENCY, Work.Kind.QUIET_ANSWER_LATENCY)) {
            table(text, byWork, kind, List.of("p50 ms", "p99 ms", "p99.9 ms"));
        }
        table(text, byWork, Work.Kind.MEMORY, List.of("in flight", "MB on the heap"));
        return text.toString();
    }

    private void table(StringBuilder text, Map<String, List<Entry>> byWork, Work.Kind kind, List<String> columns) {
        if (byWork.values().stream().noneMatch(some -> some.get(0).kind() == kind)) {
            return;
        }
        text.append("\n| work | contestant | ")
                .append(String.join(" | ", columns))
                .append(" |\n|---|---|");
        text.append("---:|".repeat(columns.size())).append('\n');
        byWork.forEach((work, some) -> {
            if (some.get(0).kind() == kind) {
                for (Contestant.Kind contestant : Contestant.Kind.values()) {
                    List<Entry> own = some.stream()
                            .filter(entry -> entry.contestant() == contestant)
                            .toList();
                    if (!own.isEmpty()) {
                        text.append("| ").append(work).append(" | ").append(contestant.title);
                        cells(own, some).forEach(cell -> text.append(" | ").append(cell));
                        text.append(" |\n");
                    }
                }
            }
        });
    }

    private static List<String> cells(List<Entry> own, List<Entry> all) {
        return switch (own.get(0).kind()) {
            case THROUGHPUT ->
                List.of(
                        number("%,.0f", median(own, Outcome::eventsPerSecond)),
                        spread(own),
                        number("%.3f", ratio(own, all, PLAIN_LOOP, Outcome::eventsPerSecond)),
                        number("%.2f", median(own, Outcome::cpuMicrosPerEvent)),
                        number("%,.0f", median(own, Outcome::bytesPerEvent)),
                        number("%.2f", ratio(own, all, PLAIN_LOOP, Outcome::bytesPerEvent)),
                        number("%,.0f", median(own, Outcome::startMillis)));
            case EXACTLY_ONCE ->
                List.of(
                        number("%,.0f", median(own, Outcome::eventsPerSecond)),
                        spread(own),
                        number("%.3f", ratio(own, all, KAUFMANN, Outcome::eventsPerSecond)),
                        number("%.2f", median(own, Outcome::cpuMicrosPerEvent)),
                        number("%,.0f", median(own, Outcome::bytesPerEvent)));
            case TELEMETRY ->
                List.of(
                        number("%,.0f", median(own, Outcome::eventsPerSecond)),
                        spread(own),
                        number("%.3f", ratio(own, all, KAUFMANN_UNHEARD, Outcome::eventsPerSecond)),
                        number("%.2f", median(own, Outcome::cpuMicrosPerEvent)),
                        number("%.3f", ratio(own, all, KAUFMANN_UNHEARD, Outcome::cpuMicrosPerEvent)),
                        number("%,.0f", median(own, Outcome::bytesPerEvent)));
            case STUCK_PARTITION ->
                List.of(
                        number("%,.0f", median(own, Outcome::eventsPerSecond)),
                        number("%.2f", median(own, outcome -> outcome.more().get("of the others' rate"))));
            case LATENCY, ANSWER_LATENCY, QUIET_ANSWER_LATENCY ->
                List.of(
                        number("%.2f", median(own, outcome -> outcome.more().get("p50.0"))),
                        number("%.2f", median(own, outcome -> outcome.more().get("p99.0"))),
                        number("%.2f", median(own, outcome -> outcome.more().get("p99.9"))));
            case MEMORY ->
                List.of(
                        number("%,.0f", median(own, Outcome::events)),
                        number("%.1f", median(own, outcome -> outcome.more().get("heap MB"))));
        };
    }

    private static String spread(List<Entry> own) {
        DoubleSummaryStatistics rates =
                own.stream().mapToDouble(one -> one.outcome().eventsPerSecond()).summaryStatistics();
        return String.format(Locale.ROOT, "%,.0f - %,.0f", rates.getMin(), rates.getMax());
    }

    private static OptionalDouble median(List<Entry> some, ToDoubleFunction<Outcome> value) {
        return median(some.stream()
                .mapToDouble(entry -> value.applyAsDouble(entry.outcome()))
                .toArray());
    }

    /** The median of the ratios of each round against this contestant. */
    private static OptionalDouble ratio(
            List<Entry> own, List<Entry> all, Contestant.Kind reference, ToDoubleFunction<Outcome> value) {
        return median(own.stream()
                .flatMapToDouble(entry -> all.stream()
                        .filter(other -> other.contestant() == reference && other.round() == entry.round())
                        .mapToDouble(
                                other -> value.applyAsDouble(entry.outcome()) / value.applyAsDouble(other.outcome())))
                .toArray());
    }

    private static OptionalDouble median(double[] values) {
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        java.util.Arrays.sort(values);
        int middle = values.length / 2;
        return OptionalDouble.of(values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2);
    }

    private static String number(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "";
    }
}
