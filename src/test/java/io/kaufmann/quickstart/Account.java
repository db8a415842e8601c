package io.kaufmann.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What came of the events, once all is over.
 *
 * @param entries each event that was sent, with what was read for it
 * @param unclaimed answers to nothing that was sent
 * @param offsets how far the service's group has come
 */
record Account(List<Entry> entries, List<Answer> unclaimed, Offsets offsets) {

    /** An event that is not accounted for, and what is missing. */
    record Lost(Sent event, String place, List<String> missing) {
        @Override
        public String toString() {
            return event + " at " + place + ": " + String.join("; ", missing);
        }
    }

    /** The events of which something is missing: an answer, or the commit of their offset. */
    List<Lost> lost() {
        return entries.stream().flatMap(entry -> lost(entry).stream()).toList();
    }

    private Optional<Lost> lost(Entry entry) {
        List<String> missing = new ArrayList<>();
        entry.missing().forEach(owed -> missing.add("no sign of " + owed));
        if (entry.place().isEmpty()) {
            missing.add("the broker never acknowledged it");
        } else if (!offsets.isCommitted(entry.place().get())) {
            missing.add("its offset is not committed");
        }
        String place = entry.place().map(Place::toString).orElse("no place");
        return missing.isEmpty() ? Optional.empty() : Optional.of(new Lost(entry.sent(), place, missing));
    }

    /** Whether every event is accounted for and nothing else was read. */
    boolean isComplete() {
        return !entries.isEmpty() && lost().isEmpty() && unexpected().isEmpty() && offsets.areAtEnd();
    }

    /** Answers that were read though nothing like them was owed. */
    List<Answer> unexpected() {
        return Stream.concat(unclaimed.stream(), entries.stream().flatMap(entry -> entry.unexpected().stream()))
                .toList();
    }

    /** Answers that were read once more. Delivery at least once allows it. */
    int duplicates() {
        return entries.stream().mapToInt(Entry::duplicates).sum();
    }

    /** How many of the events that are owed an answer of this kind have all that is owed. */
    long answered(Kind kind) {
        return complete(sent -> sent.scenario().owes(kind));
    }

    /** How many events of a scenario have all that is owed. */
    long answered(Scenario scenario) {
        return complete(sent -> sent.scenario() == scenario);
    }

    private long complete(Predicate<Sent> which) {
        return entries.stream()
                .filter(entry -> which.test(entry.sent()))
                .filter(entry -> lost(entry).isEmpty())
                .count();
    }

    /** How many answers of a kind were read, duplicates included. */
    long read(Kind kind) {
        return answers().filter(answer -> answer.kind() == kind).count();
    }

    /** The first answer that was read for a scenario. */
    Optional<Answer> example(Scenario scenario) {
        return entries.stream()
                .filter(entry -> entry.sent().scenario() == scenario)
                .flatMap(entry -> entry.answers().stream())
                .findFirst();
    }

    private Stream<Answer> answers() {
        return entries.stream().flatMap(entry -> entry.answers().stream());
    }
}
