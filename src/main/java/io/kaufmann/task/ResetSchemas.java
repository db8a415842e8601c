package io.kaufmann.task;

import io.kaufmann.event.EventNaming;
import io.kaufmann.schema.Deletion;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Deletes the subjects that have a file in some folders, and registers the files again, as {@link MigrateSchemas} does: for
 * development, when a schema has to change as none may. No other subject is touched, and nothing when a file is no schema.
 *
 * <p>Events that were written before are still read after a {@link Deletion#SOFT soft} deletion, by their schema's id, and not
 * after a {@link Deletion#PERMANENT permanent} one. Immutable and thread-safe.
 */
public final class ResetSchemas {

    private final SchemaRegistry registry;
    private final List<Path> folders;
    private final SchemaChoices choices;
    private final Deletion deletion;

    private ResetSchemas(SchemaRegistry registry, List<Path> folders, SchemaChoices choices, Deletion deletion) {
        this.registry = registry;
        this.folders = folders;
        this.choices = choices;
        this.deletion = deletion;
    }

    /**
     * For a registry and some folders.
     *
     * @param registry where to delete and register
     * @param folders the folders, each with all those in it
     * @return the task; nothing is read or sent yet
     */
    public static ResetSchemas of(SchemaRegistry registry, List<Path> folders) {
        return new ResetSchemas(
                Objects.requireNonNull(registry, "registry"),
                List.copyOf(folders),
                SchemaChoices.DEFAULT,
                Deletion.SOFT);
    }

    /**
     * How the registry gets a schema that names types of other files. Default: {@link MetadataForm#INLINE}.
     *
     * @param form how
     * @return the task with that
     */
    public ResetSchemas metadata(MetadataForm form) {
        return new ResetSchemas(registry, folders, choices.with(Objects.requireNonNull(form, "form")), deletion);
    }

    /**
     * How the service finds its schemas, for warnings about files that it would not find. Default: KaufmannEx's ways.
     *
     * @param subjects the subject for an event
     * @param naming where an event's name stands
     * @return the task with that
     */
    public ResetSchemas lookedUpBy(SubjectStrategy subjects, EventNaming naming) {
        return new ResetSchemas(registry, folders, choices.with(subjects, naming), deletion);
    }

    /**
     * How much is deleted. Default: {@link Deletion#SOFT}.
     *
     * @param kind how much
     * @return the task with that
     */
    public ResetSchemas deletion(Deletion kind) {
        return new ResetSchemas(registry, folders, choices, Objects.requireNonNull(kind, "kind"));
    }

    /**
     * What {@link #run()} would delete. Only asks.
     *
     * @return the subjects' versions by subject, in the order in which they would go: those that refer to others first
     * @throws TaskException when a folder is not there, or there is no schema at all
     * @throws io.kaufmann.schema.SchemaRegistryException when the registry refuses, or gives no answer
     */
    public Map<String, List<Integer>> plan() {
        return new SubjectDeletion(registry, deletion).plan(SchemaSet.read(folders, choices));
    }

    /**
     * Deletes and registers again. What the registry refuses, and that it gives no answer, is told by the report: of each
     * schema too whether it was deleted.
     *
     * @return what came of each
     * @throws TaskException when a folder is not there, or there is no schema at all
     */
    public SchemaReport run() {
        SchemaSet set = SchemaSet.read(folders, choices);
        SubjectDeletion deletions = new SubjectDeletion(registry, deletion);
        if (set.unusable().isEmpty()) {
            deletions.run(set);
        }
        // After a deletion that failed too: what is gone must come back.
        return deletions.tell(new RegistryRun(registry, choices.form(), true).run(set));
    }
}
