package io.kaufmann.task;

import io.kaufmann.event.EventNaming;
import io.kaufmann.schema.CompatibilityLevel;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Tells what {@link MigrateSchemas} would do with the schemas of some folders, and writes nothing: by a registry, or without one
 * by the files of another revision, as for a pull request. Immutable and thread-safe.
 *
 * <pre>{@code
 * SchemaReport report = CheckSchemas.against(List.of(Path.of("main/schemas")), CompatibilityLevel.BACKWARD, List.of(Path.of("schemas"))).run();
 * }</pre>
 */
public final class CheckSchemas {

    private final List<Path> folders;
    private final SchemaChoices choices;
    private final Function<SchemaChoices, Function<SchemaSet, SchemaReport>> judge;

    private CheckSchemas(
            List<Path> folders,
            SchemaChoices choices,
            Function<SchemaChoices, Function<SchemaSet, SchemaReport>> judge) {
        this.folders = folders;
        this.choices = choices;
        this.judge = judge;
    }

    /**
     * By a registry, and the compatibility levels that are set there.
     *
     * @param registry the registry to ask
     * @param folders the folders, each with all those in it
     * @return the task; nothing is read or asked yet
     */
    public static CheckSchemas of(SchemaRegistry registry, List<Path> folders) {
        Objects.requireNonNull(registry, "registry");
        return new CheckSchemas(
                List.copyOf(folders),
                SchemaChoices.DEFAULT,
                choices -> new RegistryRun(registry, choices.form(), false)::run);
    }

    /**
     * By the files of another revision.
     *
     * @param before the folders of that revision, each with all those in it
     * @param level what is asked of a schema that differs; there is one revision to compare with, so that the transitive ones
     *     mean no more than the others
     * @param folders the folders, each with all those in it
     * @return the task; nothing is read yet
     */
    public static CheckSchemas against(List<Path> before, CompatibilityLevel level, List<Path> folders) {
        List<Path> olderFolders = List.copyOf(before);
        Objects.requireNonNull(level, "level");
        return new CheckSchemas(
                List.copyOf(folders),
                SchemaChoices.DEFAULT,
                choices -> new FileComparison(SchemaSet.read(olderFolders, choices), level)::report);
    }

    /**
     * How a registry would get a schema that names types of other files. Default: {@link MetadataForm#INLINE}.
     *
     * @param form how
     * @return the task with that
     */
    public CheckSchemas metadata(MetadataForm form) {
        return new CheckSchemas(folders, choices.with(Objects.requireNonNull(form, "form")), judge);
    }

    /**
     * How the service finds its schemas, for warnings about files that it would not find. Default: KaufmannEx's ways.
     *
     * @param subjects the subject for an event
     * @param naming where an event's name stands
     * @return the task with that
     */
    public CheckSchemas lookedUpBy(SubjectStrategy subjects, EventNaming naming) {
        return new CheckSchemas(folders, choices.with(subjects, naming), judge);
    }

    /**
     * Checks them. That the registry gives no answer is told by the report.
     *
     * @return what would come of each
     * @throws TaskException when a folder is not there, or there is no schema at all
     */
    public SchemaReport run() {
        return judge.apply(choices).apply(SchemaSet.read(folders, choices));
    }
}
