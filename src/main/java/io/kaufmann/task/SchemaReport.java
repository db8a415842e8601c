package io.kaufmann.task;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of all schemas. Immutable and thread-safe.
 *
 * @param outcomes one for each schema, sorted by subject
 * @param problem what ended the task early; empty when it came to its end
 */
public record SchemaReport(List<SchemaOutcome> outcomes, Optional<String> problem) {

    /** Copies the outcomes. */
    public SchemaReport {
        outcomes = List.copyOf(outcomes);
        Objects.requireNonNull(problem, "problem");
    }

    /** Whether the task came to its end and nobody has to do anything about any schema. */
    public boolean isWell() {
        return problem.isEmpty()
                && outcomes.stream().allMatch(outcome -> outcome.status().isWell());
    }

    /**
     * How many schemas this came of.
     *
     * @param status what came of them
     * @return how many
     */
    public long count(SchemaStatus status) {
        return outcomes.stream().filter(outcome -> outcome.status() == status).count();
    }

    /** How many schemas of which status: {@code 3 new, 10 unchanged}. */
    public String summary() {
        return outcomes.isEmpty()
                ? "no schemas"
                : Arrays.stream(SchemaStatus.values())
                        .filter(status -> count(status) > 0)
                        .map(status -> count(status) + " " + status)
                        .collect(Collectors.joining(", "));
    }
}
