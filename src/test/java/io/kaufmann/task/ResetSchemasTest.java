package io.kaufmann.task;

import static io.kaufmann.task.SchemaFolder.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kaufmann.schema.Deletion;
import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.schema.SchemaReference;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.testing.DevelopmentRegistry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResetSchemasTest {

    @TempDir
    Path root;

    private final DevelopmentRegistry server = DevelopmentRegistry.start();
    private final SchemaRegistry registry = HttpSchemaRegistry.of(server.url());
    private SchemaFolder folder;

    @BeforeEach
    void open() {
        folder = new SchemaFolder(root.resolve("schemas"))
                .record("a.order", "Order", field("item", "Item"))
                .record("item", "Item", field("x", "int"));
        registry.register("somebody.elses", "\"int\"");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private ResetSchemas task() {
        return ResetSchemas.of(registry, List.of(folder.path())).metadata(MetadataForm.REFERENCE);
    }

    private void migrate() {
        assertThat(MigrateSchemas.of(registry, List.of(folder.path()))
                        .metadata(MetadataForm.REFERENCE)
                        .run()
                        .isWell())
                .isTrue();
    }

    private static SchemaOutcome outcome(SchemaReport report, String subject) {
        return report.outcomes().stream()
                .filter(outcome -> outcome.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thePlanNamesWhatWouldGoAndDeletesNothing() {
        assertThat(task().plan()).isEmpty();
        migrate();

        assertThat(task().plan().keySet()).containsExactly("a.order", "item");
        assertThat(task().plan()).containsEntry("item", List.of(1));
        assertThat(registry.subjects()).containsExactly("a.order", "item", "somebody.elses");
    }

    @Test
    void takesASchemaThatMayNotFollowAndTouchesNoOther() {
        migrate();
        int id = registry.latest("item").id();
        folder.record("item", "Item", field("x", "int"), field("needed", "int"));

        SchemaReport report = task().run();

        assertThat(report.isWell()).isTrue();
        assertThat(report.summary()).isEqualTo("2 new");
        assertThat(outcome(report, "item").messages()).containsExactly("Deleted before: version 1");
        assertThat(registry.latest("a.order").schema().getField("item").schema().getField("needed"))
                .isNotNull();
        assertThat(registry.versions("somebody.elses")).containsExactly(1);
        assertThat(registry.byId(id).schema().getFields()).hasSize(1);
    }

    @Test
    void aPermanentDeletionLeavesNothing() {
        migrate();
        int id = registry.latest("item").id();
        folder.record("item", "Item", field("needed", "int"));

        assertThat(task().deletion(Deletion.PERMANENT).run().isWell()).isTrue();

        assertThat(registry.versions("item")).containsExactly(1);
        assertThatExceptionOfType(SchemaNotFoundException.class).isThrownBy(() -> registry.byId(id));
    }

    @Test
    void anInvalidFileKeepsAllFromBeingDeleted() {
        migrate();
        folder.with("torn.avsc", "{");

        SchemaReport report = task().run();

        assertThat(report.isWell()).isFalse();
        assertThat(registry.versions("item")).containsExactly(1);
        assertThat(outcome(report, "item").messages()).isEmpty();
    }

    @Test
    void whatAnotherRefersToIsNotDeletedAndToldSo() {
        migrate();
        registry.register(
                "guest",
                "{\"type\":\"record\",\"name\":\"Guest\",\"fields\":[{\"name\":\"i\",\"type\":\"Item\"}]}",
                List.of(new SchemaReference("Item", "item", 1)));

        SchemaReport report = task().run();

        assertThat(outcome(report, "item").status()).isEqualTo(SchemaStatus.FAILED);
        assertThat(outcome(report, "item").messages()).first().asString().contains("It was not deleted", "42206");
        // What was deleted is there again.
        assertThat(outcome(report, "a.order").status()).isEqualTo(SchemaStatus.NEW);
        assertThat(registry.subjects()).contains("a.order", "item");
    }

    @Test
    void whatIsDeletedAndNotRegisteredAgainIsTold() {
        migrate();
        // The service takes such a default, and this registry does not.
        folder.record("item", "Item", "{\"name\": \"n\", \"type\": [\"null\", \"int\"], \"default\": \"null\"}");

        SchemaReport report = task().run();

        assertThat(report.isWell()).isFalse();
        assertThat(outcome(report, "item").status()).isEqualTo(SchemaStatus.FAILED);
        assertThat(outcome(report, "a.order").status()).isEqualTo(SchemaStatus.NOT_TRIED);
        for (String subject : List.of("item", "a.order")) {
            assertThat(outcome(report, subject).messages())
                    .first()
                    .asString()
                    .contains("It was deleted (version 1) and is not registered again");
        }
        assertThat(registry.subjects()).containsExactly("somebody.elses");
    }

    @Test
    void aRegistryThatIsAwayIsTold() {
        server.stop();

        SchemaReport report = task().run();

        assertThat(report.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains(server.url()));
        assertThat(report.count(SchemaStatus.NOT_TRIED)).isEqualTo(2);
    }
}
