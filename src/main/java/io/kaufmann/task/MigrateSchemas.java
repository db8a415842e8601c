package io.kaufmann.task;

import io.kaufmann.event.EventNaming;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Registers all schemas of some folders: each {@code .avsc} file under its name without the ending. A schema may name the types
 * of any other file, whatever their order, and the metadata record that the library ships.
 *
 * <pre>{@code
 * SchemaReport report = MigrateSchemas.of(registry, List.of(Path.of("schemas"))).run();
 * }</pre>
 *
 * <p>All files are read and judged before the first is registered, and one that is no schema keeps all from it. A schema that
 * the registry does not take keeps only those back that refer to it. Doing it again changes nothing. Immutable and
 * thread-safe; two runs at a time may both find the same schema new.
 */
public final class MigrateSchemas {

    private final SchemaRegistry registry;
    private final List<Path> folders;
    private final SchemaChoices choices;

    private MigrateSchemas(SchemaRegistry registry, List<Path> folders, SchemaChoices choices) {
        this.registry = registry;
        this.folders = folders;
        this.choices = choices;
    }

    /**
     * For a registry and some folders.
     *
     * @param registry where to register
     * @param folders the folders, each with all those in it
     * @return the task; nothing is read or sent yet
     */
    public static MigrateSchemas of(SchemaRegistry registry, List<Path> folders) {
        return new MigrateSchemas(
                Objects.requireNonNull(registry, "registry"), List.copyOf(folders), SchemaChoices.DEFAULT);
    }

    /**
     * How the registry gets a schema that names types of other files. Default: {@link MetadataForm#INLINE}.
     *
     * @param form how
     * @return the task with that
     */
    public MigrateSchemas metadata(MetadataForm form) {
        return new MigrateSchemas(registry, folders, choices.with(Objects.requireNonNull(form, "form")));
    }

    /**
     * How the service finds its schemas, for warnings about files that it would not find. Default: KaufmannEx's ways.
     *
     * @param subjects the subject for an event
     * @param naming where an event's name stands
     * @return the task with that
     */
    public MigrateSchemas lookedUpBy(SubjectStrategy subjects, EventNaming naming) {
        return new MigrateSchemas(registry, folders, choices.with(subjects, naming));
    }

    /**
     * Registers them. What the registry refuses, and that it gives no answer, is told by the report.
     *
     * @return what came of each
     * @throws TaskException when a folder is not there, or there is no schema at all
     */
    public SchemaReport run() {
        return new RegistryRun(registry, choices.form(), true).run(SchemaSet.read(folders, choices));
    }
}
