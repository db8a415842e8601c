package io.kaufmann.task;

import io.kaufmann.schema.Deletion;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SchemaRegistryException;
import io.kaufmann.schema.SchemaRejectedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deletes the subjects of schemas, those that refer to others first, and remembers what came of it. One thread's, used once. */
final class SubjectDeletion {

    private final SchemaRegistry registry;
    private final Deletion deletion;
    private final Map<String, List<Integer>> deleted = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private Optional<String> problem = Optional.empty();

    SubjectDeletion(SchemaRegistry registry, Deletion deletion) {
        this.registry = registry;
        this.deletion = deletion;
    }

    /** What there is to delete, in the order in which it would go. */
    Map<String, List<Integer>> plan(SchemaSet set) {
        Map<String, List<Integer>> plan = new LinkedHashMap<>();
        present(set).forEach(subject -> plan.put(subject, registry.versions(subject)));
        return plan;
    }

    void run(SchemaSet set) {
        try {
            List<String> waiting = present(set);
            // What refers to what may differ in the registry from the files, so that some go only after others.
            int before;
            do {
                before = waiting.size();
                waiting.removeIf(this::delete);
            } while (!waiting.isEmpty() && waiting.size() < before);
        } catch (SchemaRegistryException e) {
            problem = Optional.of("The deletion was not finished. " + e.getMessage());
        }
    }

    /** The same report, with what was deleted before. */
    SchemaReport tell(SchemaReport report) {
        List<SchemaOutcome> outcomes =
                report.outcomes().stream().map(this::withDeletion).toList();
        return new SchemaReport(outcomes, problem.or(report::problem));
    }

    // What the library ships may be everybody's.
    private List<String> present(SchemaSet set) {
        Set<String> there = new HashSet<>(registry.subjects());
        List<String> subjects = new ArrayList<>();
        set.prepared().stream()
                .filter(schema -> schema.source().file().isPresent())
                .map(PreparedSchema::subject)
                .filter(there::contains)
                .forEach(subjects::add);
        Collections.reverse(subjects);
        return subjects;
    }

    private boolean delete(String subject) {
        try {
            deleted.put(subject, registry.deleteSubject(subject, deletion));
            refused.remove(subject);
            return true;
        } catch (RegistryUnavailableException e) {
            refused.put(subject, e.getMessage());
            throw e;
        } catch (SchemaRegistryException e) {
            boolean more = e instanceof SchemaRejectedException && deletion == Deletion.SOFT;
            refused.put(
                    subject,
                    e.getMessage()
                            + (more
                                    ? " Apicurio counts softly deleted ones too: there a permanent deletion is needed"
                                    : ""));
            return false;
        }
    }

    private SchemaOutcome withDeletion(SchemaOutcome outcome) {
        List<String> messages = new ArrayList<>(outcome.messages());
        SchemaStatus status = outcome.status();
        if (deleted.containsKey(outcome.subject())) {
            messages.add(
                    0,
                    status.isWell()
                            ? "Deleted before: " + versions(outcome.subject())
                            : "It was deleted (" + versions(outcome.subject())
                                    + ") and is not registered again: it is missing in the registry now");
        } else if (refused.containsKey(outcome.subject())) {
            messages.add(0, "It was not deleted. " + refused.get(outcome.subject()));
            status = SchemaStatus.FAILED;
        }
        return new SchemaOutcome(outcome.subject(), outcome.file(), status, outcome.version(), outcome.id(), messages);
    }

    private String versions(String subject) {
        List<Integer> versions = deleted.get(subject);
        return (versions.size() == 1 ? "version " : "versions ")
                + String.join(", ", versions.stream().map(String::valueOf).toList());
    }
}
