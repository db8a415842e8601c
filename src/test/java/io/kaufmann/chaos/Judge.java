package io.kaufmann.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds what was lost, repeated, or out of order. A pure function of what was seen. */
final class Judge {

    private Judge() {}

    /**
     * What was found.
     *
     * @param lost the events without an effect
     * @param withoutLetter the events that failed and are not among the dead letters
     * @param twice the events that have several effects, with those
     * @param lettersTwice the places of the events that have several dead letters
     * @param duplicates how many effects there were beyond the first of each event
     * @param byFault the same by the fault that began last before them; null for those before the first fault
     * @param outOfOrder events whose first effect came after a later one's of the same key
     * @param doubleRuns pairs of runs of one key at once in one process
     * @param acrossProcesses pairs of runs of one key at once in different processes
     */
    record Verdict(
            List<Sent> lost,
            List<Sent> withoutLetter,
            List<List<Effect>> twice,
            List<String> lettersTwice,
            long duplicates,
            Map<Optional<FaultKind>, Long> byFault,
            List<Sent> outOfOrder,
            List<Run> doubleRuns,
            long acrossProcesses) {}

    static Verdict judge(
            List<Sent> sent, List<Effect> effects, List<String> letters, List<Run> runs, List<Fault> faults) {
        Map<Long, List<Effect>> byEvent = new HashMap<>();
        effects.forEach(effect ->
                byEvent.computeIfAbsent(effect.id(), id -> new ArrayList<>()).add(effect));
        byEvent.values().forEach(some -> some.sort(Comparator.comparingLong(Effect::offset)));
        Map<Optional<FaultKind>, Long> byFault = new HashMap<>();
        long duplicates = 0;
        for (List<Effect> some : byEvent.values()) {
            for (Effect copy : some.subList(1, some.size())) {
                duplicates++;
                byFault.merge(causeOf(copy, faults), 1L, Long::sum);
            }
        }
        Set<String> places = new HashSet<>();
        Set<String> again = new TreeSet<>();
        letters.stream().filter(place -> !places.add(place)).forEach(again::add);
        List<Run> doubles = new ArrayList<>();
        long across = overlaps(runs, doubles);
        return new Verdict(
                sent.stream().filter(event -> !byEvent.containsKey(event.id())).toList(),
                sent.stream()
                        .filter(event -> event.deed().fails() && !places.contains(event.place()))
                        .toList(),
                byEvent.values().stream().filter(some -> some.size() > 1).toList(),
                List.copyOf(again),
                duplicates,
                byFault,
                outOfOrder(sent, byEvent),
                doubles,
                across);
    }

    private static Optional<FaultKind> causeOf(Effect effect, List<Fault> faults) {
        return faults.stream()
                .filter(fault -> fault.start() <= effect.nanos())
                .max(Comparator.comparingLong(Fault::start))
                .map(Fault::kind);
    }

    private static List<Sent> outOfOrder(List<Sent> sent, Map<Long, List<Effect>> byEvent) {
        Map<String, TreeMap<Long, Sent>> byKey = new HashMap<>();
        sent.forEach(event ->
                byKey.computeIfAbsent(event.key(), key -> new TreeMap<>()).put(event.offset(), event));
        List<Sent> wrong = new ArrayList<>();
        for (TreeMap<Long, Sent> events : byKey.values()) {
            Set<Integer> partitions = new HashSet<>();
            long last = -1;
            for (Sent event : events.values()) {
                Optional<Effect> first =
                        byEvent.getOrDefault(event.id(), List.of()).stream().findFirst();
                if (first.isPresent()) {
                    partitions.add(first.get().partition());
                    if (first.get().offset() < last || partitions.size() > 1) {
                        wrong.add(event);
                    }
                    last = Math.max(last, first.get().offset());
                }
            }
        }
        return wrong;
    }

    /** Counts overlaps across processes, and collects those within one. */
    private static long overlaps(List<Run> runs, List<Run> doubles) {
        Map<String, List<Run>> byKey = new HashMap<>();
        runs.forEach(run ->
                byKey.computeIfAbsent(run.key(), key -> new ArrayList<>()).add(run));
        long across = 0;
        for (List<Run> some : byKey.values()) {
            some.sort(Comparator.comparingLong(Run::start));
            List<Run> going = new ArrayList<>();
            for (Run run : some) {
                going.removeIf(before -> before.end() <= run.start());
                for (Run before : going) {
                    if (before.process().equals(run.process())) {
                        doubles.add(run);
                    } else {
                        across++;
                    }
                }
                going.add(run);
            }
        }
        return across;
    }

    /** How many faults there were of each kind. */
    static Map<FaultKind, Long> count(List<Fault> faults) {
        Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
        faults.forEach(fault -> counts.merge(fault.kind(), 1L, Long::sum));
        return counts;
    }
}
