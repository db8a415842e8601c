package io.kaufmann.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a chaos run ended.
 *
 * @param setting how the group was run
 * @param exactlyOnce whether the services promised that, so that a duplicate is wrong
 * @param sent how many events were sent
 * @param effects how many effects were read
 * @param faults the faults
 * @param verdict what the judge found
 * @param stalls the stalls
 * @param longestPause the longest time without any effect while events waited
 * @param longestOfPartition the longest time without an effect of one partition while events of it waited
 * @param unexpectedEnds the services that ended by themselves, and how
 * @param lateStops the services that did not stop in 60 s when they were asked to
 */
record Outcome(
        String setting,
        boolean exactlyOnce,
        long sent,
        long effects,
        List<Fault> faults,
        Judge.Verdict verdict,
        List<String> stalls,
        Duration longestPause,
        Duration longestOfPartition,
        List<String> unexpectedEnds,
        List<String> lateStops) {

    /** What must not be; empty when all is well. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        add(violations, "lost", verdict.lost());
        add(violations, "failed without a dead letter", verdict.withoutLetter());
        if (exactlyOnce) {
            add(violations, "there more than once", verdict.twice());
            add(violations, "more than once among the dead letters", verdict.lettersTwice());
        }
        add(violations, "out of order", verdict.outOfOrder());
        add(violations, "run twice at once", verdict.doubleRuns());
        add(violations, "stalled", stalls);
        add(violations, "ended by themselves", unexpectedEnds);
        add(violations, "not stopped in 60 s", lateStops);
        return violations;
    }

    private static void add(List<String> violations, String what, List<?> some) {
        if (!some.isEmpty()) {
            violations.add(what + ": " + some.size() + ", such as "
                    + some.stream().limit(3).toList());
        }
    }

    void print(PrintStream out) {
        out.printf("%n%s%n%n%-20s %8s %12s %14s%n", setting, "fault", "times", "duplicates", "each");
        Map<FaultKind, Long> counts = Judge.count(faults);
        for (FaultKind kind : FaultKind.values()) {
            long times = counts.getOrDefault(kind, 0L);
            long duplicates = verdict.byFault().getOrDefault(Optional.of(kind), 0L);
            out.printf(
                    "%-20s %8d %12d %14.1f%n",
                    kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                    times,
                    duplicates,
                    times == 0 ? 0 : (double) duplicates / times);
        }
        out.printf("%-20s %8s %12d%n%n", "none before", "", verdict.byFault().getOrDefault(Optional.empty(), 0L));
        row(out, "events", sent);
        row(out, "effects", effects);
        row(out, "lost", verdict.lost().size());
        row(out, "failed without a dead letter", verdict.withoutLetter().size());
        row(out, "duplicates", verdict.duplicates());
        if (exactlyOnce) {
            row(out, "dead letters twice", verdict.lettersTwice().size());
        }
        row(
                out,
                "order violations",
                verdict.outOfOrder().size() + verdict.doubleRuns().size());
        row(out, "overlaps across processes", verdict.acrossProcesses());
        row(out, "stalls", stalls.size());
        row(out, "services that ended by themselves", unexpectedEnds.size());
        row(out, "services that did not stop in 60 s", lateStops.size());
        row(out, "longest pause of all partitions", longestPause);
        row(out, "longest pause of one partition", longestOfPartition);
        violations().stream().sorted(Comparator.naturalOrder()).forEach(line -> out.println("VIOLATION  " + line));
    }

    private static void row(PrintStream out, String what, long count) {
        out.printf("%-36s %,10d%n", what, count);
    }

    private static void row(PrintStream out, String what, Duration time) {
        out.printf("%-36s %,10.1f s%n", what, time.toMillis() / 1_000.0);
    }
}
