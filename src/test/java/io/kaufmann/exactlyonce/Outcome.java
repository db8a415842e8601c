package io.kaufmann.exactlyonce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How a kill run ended.
 *
 * @param plan what it did
 * @param faults what was done to services and the broker, and when
 * @param took how long it took, from the first event to the last answered
 * @param replies how many replies were read
 * @param verdict what the judge found
 * @param complaints what else must not be: not done in time, a process that ended by itself, a transaction that stays open
 * @param committed how far the group has committed, by partition
 * @param end the ends of those partitions
 */
record Outcome(
        Plan plan,
        List<String> faults,
        Duration took,
        int replies,
        ReplyJudge.Verdict verdict,
        List<String> complaints,
        SortedMap<Integer, Long> committed,
        Map<Integer, Long> end) {

    /** What must not be; empty when all is well. */
    List<String> violations() {
        List<String> violations = new ArrayList<>(complaints);
        if (!verdict.isClean()) {
            violations.add(verdict.toString());
        }
        if (!committed.equals(end)) {
            violations.add("committed is " + committed + ", and the partitions' ends are " + end);
        }
        return violations;
    }

    boolean isClean() {
        return violations().isEmpty();
    }

    /** What happened, for a person. */
    String report() {
        StringBuilder text = new StringBuilder("%n%s: seed %d, %s%n  %,d events, %,d replies, %.1f s%n"
                .formatted(
                        plan.name(), plan.seed(), Plan.GUARANTEE, plan.events(), replies, took.toMillis() / 1_000.0));
        faults.forEach(fault -> text.append("  ").append(fault).append('\n'));
        text.append(isClean() ? "  " + verdict + "\n" : "");
        violations().forEach(line -> text.append("VIOLATION  ").append(line).append('\n'));
        return text.toString();
    }
}
