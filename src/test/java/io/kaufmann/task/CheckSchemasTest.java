package io.kaufmann.task;

import static io.kaufmann.task.SchemaFolder.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kaufmann.schema.CompatibilityLevel;
import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.testing.DevelopmentRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckSchemasTest {

    @TempDir
    Path root;

    private SchemaFolder before;
    private SchemaFolder now;

    @BeforeEach
    void write() {
        before = new SchemaFolder(root.resolve("before"))
                .event("event.same", field("x", "int"))
                .event("event.grown", field("x", "int"))
                .event("event.broken", field("x", "int"));
        now = new SchemaFolder(root.resolve("now"))
                .event("event.same", field("x", "int"))
                .event("event.grown", field("x", "int"), field("y", "int", "0"))
                .event("event.broken", field("x", "int"), field("needed", "int"))
                .event("event.fresh", field("x", "int"));
    }

    private static Map<String, String> statuses(SchemaReport report) {
        return report.outcomes().stream()
                .collect(Collectors.toMap(
                        SchemaOutcome::subject, outcome -> outcome.status().toString()));
    }

    private SchemaReport against(CompatibilityLevel level) {
        return CheckSchemas.against(List.of(before.path()), level, List.of(now.path()))
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatMigrationWouldDoAndWritesNothing(MetadataForm form) {
        try (DevelopmentRegistry server = DevelopmentRegistry.start()) {
            SchemaRegistry registry = HttpSchemaRegistry.of(server.url());
            MigrateSchemas.of(registry, List.of(before.path())).metadata(form).run();
            List<String> subjects = registry.subjects();
            now.with("torn.avsc", "{");

            SchemaReport report = CheckSchemas.of(registry, List.of(now.path()))
                    .metadata(form)
                    .run();

            assertThat(statuses(report))
                    .containsEntry("event.same", "unchanged")
                    .containsEntry("event.grown", "new version")
                    .containsEntry("event.broken", "incompatible")
                    .containsEntry("event.fresh", "new")
                    .containsEntry("torn", "invalid");
            assertThat(report.isWell()).isFalse();
            assertThat(registry.subjects()).isEqualTo(subjects);
            assertThat(registry.versions("event.grown")).containsExactly(1);
        }
    }

    @Test
    void whatRefersToAChangedSchemaIsANewVersionToo() {
        try (DevelopmentRegistry server = DevelopmentRegistry.start()) {
            SchemaRegistry registry = HttpSchemaRegistry.of(server.url());
            SchemaFolder items = new SchemaFolder(root.resolve("items"))
                    .record("item", "Item", field("x", "int"))
                    .record("order", "Order", field("item", "Item"));
            MigrateSchemas.of(registry, List.of(items.path()))
                    .metadata(MetadataForm.REFERENCE)
                    .run();
            items.record("item", "Item", field("x", "int"), field("y", "int", "0"));

            SchemaReport report = CheckSchemas.of(registry, List.of(items.path()))
                    .metadata(MetadataForm.REFERENCE)
                    .run();

            assertThat(statuses(report)).containsEntry("item", "new version").containsEntry("order", "new version");
        }
    }

    @Test
    void comparesWithAnotherRevisionWithoutARegistry() {
        before.event("event.gone", field("x", "int"));

        SchemaReport report = against(CompatibilityLevel.BACKWARD);

        assertThat(statuses(report))
                .containsEntry("event.same", "unchanged")
                .containsEntry("event.grown", "new version")
                .containsEntry("event.broken", "incompatible")
                .containsEntry("event.fresh", "new")
                .containsEntry("event.gone", "removed");
        assertThat(report.isWell()).isFalse();
        assertThat(report.outcomes().get(0).messages())
                .singleElement()
                .asString()
                .contains("needed", "event.broken.avsc", "default");
    }

    @ParameterizedTest
    @EnumSource
    void theLevelSaysWhatIsAsked(CompatibilityLevel level) {
        before.event("event.shrunk", field("x", "int"), field("y", "int"));
        now.event("event.shrunk", field("x", "int"));

        Map<String, String> statuses = statuses(against(level));

        boolean forward = level.name().startsWith("FORWARD") || level.name().startsWith("FULL");
        boolean backward = level.name().startsWith("BACKWARD") || level.name().startsWith("FULL");
        assertThat(statuses.get("event.shrunk")).isEqualTo(forward ? "incompatible" : "new version");
        assertThat(statuses.get("event.broken")).isEqualTo(backward ? "incompatible" : "new version");
    }

    @Test
    void anOlderFileThatIsNoSchemaIsNotComparedWith() {
        before.with("event.same.avsc", "{");

        SchemaReport report = against(CompatibilityLevel.BACKWARD);

        assertThat(statuses(report)).containsEntry("event.same", "new version");
        assertThat(report.outcomes())
                .filteredOn(outcome -> outcome.subject().equals("event.same"))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.messages())
                        .singleElement()
                        .asString()
                        .contains("nothing to compare"));
    }

    @Test
    void theOlderFolderMustBeThere() {
        assertThatExceptionOfType(TaskException.class)
                .isThrownBy(() -> CheckSchemas.against(
                                List.of(root.resolve("nowhere")), CompatibilityLevel.FULL, List.of(now.path()))
                        .run())
                .withMessageContaining("nowhere");
    }
}
