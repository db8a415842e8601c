package io.kaufmann.task;

import io.kaufmann.task.RedriveReport.Count;
import io.kaufmann.task.RedriveReport.Sent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Counts what becomes of dead letters. One thread's. */
final class RedriveTally {

    private static final int MOST_LETTERS = 20;
    // Names and errors come from records: there may be as many as there are letters.
    private static final int MOST_KINDS = 500;
    private static final Kind OTHERS = new Kind("(others)", "(others)", "(others)");

    private record Kind(String event, String error, String target) {}

    private final Map<Kind, Long> kinds = new HashMap<>();
    private final List<Sent> first = new ArrayList<>();
    private final List<Sent> firstExhausted = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<String> failure = Optional.empty();
    private long read;
    private long sent;
    private long filteredOut;
    private long alreadyRedriven;
    private long exhausted;
    private long withoutOrigin;

    void read() {
        read++;
    }

    void filteredOut() {
        filteredOut++;
    }

    void alreadyRedriven() {
        alreadyRedriven++;
    }

    void withoutOrigin() {
        withoutOrigin++;
    }

    void exhausted(Letter letter) {
        exhausted++;
        if (firstExhausted.size() < MOST_LETTERS) {
            firstExhausted.add(facts(letter, Optional.empty()));
        }
    }

    void sent(Letter letter, TopicPartition target) {
        sent++;
        Kind kind = new Kind(Letter.printable(letter.event().orElse("(unknown)")), letter.error(), target.topic());
        kinds.merge(kinds.size() < MOST_KINDS || kinds.containsKey(kind) ? kind : OTHERS, 1L, Long::sum);
        if (first.size() < MOST_LETTERS) {
            first.add(facts(letter, Optional.of(target.toString())));
        }
    }

    private static Sent facts(Letter letter, Optional<String> target) {
        return new Sent(
                letter.place(),
                letter.event().map(Letter::printable),
                letter.orderingKey().map(Letter::printable),
                letter.error(),
                letter.time(),
                target,
                letter.redriveCount());
    }

    /** The first of several holds: the others are likely to come of it. */
    void failed(String message) {
        failure = failure.or(() -> Optional.of(message));
    }

    boolean hasFailed() {
        return failure.isPresent();
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    RedriveReport report(RedrivePlan plan, boolean dryRun, boolean stopped) {
        List<Count> counts = kinds.entrySet().stream()
                .map(kind -> new Count(
                        kind.getKey().event(),
                        kind.getKey().error(),
                        kind.getKey().target(),
                        kind.getValue()))
                .sorted(Comparator.comparingLong(Count::letters)
                        .reversed()
                        .thenComparing(Count::event)
                        .thenComparing(Count::error)
                        .thenComparing(Count::target))
                .toList();
        return new RedriveReport(
                plan.from(),
                plan.rememberedBy(),
                dryRun,
                read,
                sent,
                filteredOut,
                alreadyRedriven,
                exhausted,
                withoutOrigin,
                counts,
                first,
                firstExhausted,
                stopped,
                failure,
                warnings);
    }
}
