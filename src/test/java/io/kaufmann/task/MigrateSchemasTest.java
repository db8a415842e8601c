package io.kaufmann.task;

import static io.kaufmann.task.SchemaFolder.field;
import static io.kaufmann.task.SchemaStatus.FAILED;
import static io.kaufmann.task.SchemaStatus.INCOMPATIBLE;
import static io.kaufmann.task.SchemaStatus.INVALID;
import static io.kaufmann.task.SchemaStatus.NEW;
import static io.kaufmann.task.SchemaStatus.NEW_VERSION;
import static io.kaufmann.task.SchemaStatus.NOT_TRIED;
import static io.kaufmann.task.SchemaStatus.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kaufmann.event.EventNaming;
import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.schema.RegistryMode;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.testing.DevelopmentRegistry;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrateSchemasTest {

    @TempDir
    Path root;

    private final DevelopmentRegistry server = DevelopmentRegistry.start();
    private final SchemaRegistry registry = HttpSchemaRegistry.of(server.url());
    private SchemaFolder folder;

    @BeforeEach
    void open() {
        folder = new SchemaFolder(root.resolve("schemas"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private MigrateSchemas task() {
        return MigrateSchemas.of(registry, List.of(folder.path()));
    }

    private static SchemaOutcome outcome(SchemaReport report, String subject) {
        return report.outcomes().stream()
                .filter(outcome -> outcome.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private static SchemaStatus status(SchemaReport report, String subject) {
        return outcome(report, subject).status();
    }

    @Test
    void registersWhatIsNewAndLeavesWhatIsThere() {
        folder.event("event.a", field("x", "int"));
        SchemaReport first = task().run();
        folder.event("event.b", field("x", "int"));
        folder.event("event.a", field("x", "int"), field("y", "int", "0"));
        SchemaReport second = task().run();
        SchemaReport third = task().run();

        assertThat(first.isWell()).isTrue();
        assertThat(status(first, "event.a")).isEqualTo(NEW);
        assertThat(outcome(first, "event.a").version()).hasValue(1);
        assertThat(status(second, "event.a")).isEqualTo(NEW_VERSION);
        assertThat(outcome(second, "event.a").version()).hasValue(2);
        assertThat(outcome(second, "event.a").id())
                .hasValue(registry.latest("event.a").id());
        assertThat(status(second, "event.b")).isEqualTo(NEW);
        assertThat(third.count(UNCHANGED)).isEqualTo(2);
        assertThat(third.summary()).isEqualTo("2 unchanged");
        assertThat(registry.versions("event.a")).containsExactly(1, 2);
    }

    @ParameterizedTest
    @EnumSource
    void typesOfOtherFilesMayStandInAnyOrder(MetadataForm form) {
        folder.event("event.a", field("x", "z.Item"))
                .record("b", "b", field("item", "z.Item"), field("a", "event.a"))
                .record("zz", "z.Id", field("id", "long"))
                // Its namespace holds for the names in it.
                .record("deep/z", "z.Item", field("id", "Id"));

        SchemaReport report = task().metadata(form).run();

        assertThat(report.isWell()).isTrue();
        assertThat(report.count(NEW)).isEqualTo(form == MetadataForm.INLINE ? 4 : 5);
        Schema b = registry.latest("b").schema();
        assertThat(b.getField("item").schema().getField("id").schema().getFullName())
                .isEqualTo("z.Id");
        assertThat(b.getField("a").schema().getField("meta").schema().getField("callback_topic"))
                .isNotNull();
        assertThat(task().metadata(form).run().count(UNCHANGED)).isEqualTo(report.count(NEW));
    }

    @Test
    void metadataIsInlinedOrReferredTo() {
        folder.event("event.a", field("x", "int"));
        task().run();
        Schema inlined = registry.latest("event.a").schema();
        assertThat(registry.subjects()).containsExactly("event.a");

        SchemaReport report = task().metadata(MetadataForm.REFERENCE).run();

        assertThat(status(report, "event_metadata")).isEqualTo(NEW);
        assertThat(outcome(report, "event_metadata").file()).isEmpty();
        assertThat(status(report, "event.a")).isEqualTo(NEW_VERSION);
        assertThat(registry.latest("event.a").version()).hasValue(2);
        assertThat(registry.latest("event.a").schema()).isEqualTo(inlined);
    }

    @Test
    void theServicesOwnMetadataGoesBeforeTheShippedOne() {
        folder.event("event.a", field("x", "int"))
                .record("event_metadata", "seven.cloud.services.event_metadata", field("tenant", "string"));

        assertThat(task().run().isWell()).isTrue();

        assertThat(registry.subjects()).containsExactly("event.a", "event_metadata");
        Schema meta = registry.latest("event.a").schema().getField("meta").schema();
        assertThat(meta.getFields()).extracting(Schema.Field::name).containsExactly("tenant");
    }

    @ParameterizedTest
    @EnumSource
    void whatMayNotFollowIsToldWithTheFieldAndTheOthersAreRegistered(MetadataForm form) {
        folder.event("event.a", field("x", "int")).event("event.b", field("x", "int"));
        task().metadata(form).run();
        folder.event("event.a", field("x", "int"), field("needed", "string"))
                .event("event.b", field("x", "int"), field("y", "int", "0"));

        SchemaReport report = task().metadata(form).run();

        assertThat(report.isWell()).isFalse();
        assertThat(report.problem()).isEmpty();
        assertThat(status(report, "event.a")).isEqualTo(INCOMPATIBLE);
        assertThat(outcome(report, "event.a").messages())
                .singleElement()
                .asString()
                .contains("needed");
        assertThat(status(report, "event.b")).isEqualTo(NEW_VERSION);
        assertThat(registry.versions("event.a")).containsExactly(1);
    }

    @Test
    void whatRefersToAFailedSchemaIsNotTried() {
        folder.record("item", "Item", field("id", "int"))
                .record("order", "Order", field("item", "Item"))
                .record("other", "Other", field("id", "int"));
        registry.register("item", "\"string\"");

        SchemaReport report = task().metadata(MetadataForm.REFERENCE).run();

        assertThat(status(report, "item")).isEqualTo(INCOMPATIBLE);
        assertThat(status(report, "order")).isEqualTo(NOT_TRIED);
        assertThat(outcome(report, "order").messages())
                .singleElement()
                .asString()
                .contains("item");
        assertThat(status(report, "other")).isEqualTo(NEW);
        assertThat(report.isWell()).isFalse();
    }

    @Test
    void whatTheRegistryRefusesFailsAlone() {
        folder.event("event.a", field("x", "int")).event("event.b", field("x", "int"));
        registry.settings().setMode("event.a", RegistryMode.READONLY);

        SchemaReport report = task().run();

        assertThat(status(report, "event.a")).isEqualTo(FAILED);
        assertThat(outcome(report, "event.a").messages())
                .singleElement()
                .asString()
                .contains("42205");
        assertThat(status(report, "event.b")).isEqualTo(NEW);
    }

    @Test
    void oneInvalidFileKeepsAllFromBeingRegistered() {
        folder.event("event.a", field("x", "int")).with("event.b.avsc", "{\"type\": \"record\",\n  \"name\" \"b\"}");

        SchemaReport report = task().run();

        assertThat(status(report, "event.a")).isEqualTo(NOT_TRIED);
        assertThat(status(report, "event.b")).isEqualTo(INVALID);
        assertThat(report.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("Nothing"));
        assertThat(registry.subjects()).isEmpty();
    }

    @Test
    void aFileThatIsOlderThanTheRegistryIsTold() {
        folder.event("event.a", field("x", "int"));
        task().run();
        folder.event("event.a", field("x", "int"), field("y", "int", "0"));
        task().run();
        folder.event("event.a", field("x", "int"));

        SchemaOutcome outcome = outcome(task().run(), "event.a");

        assertThat(outcome.status()).isEqualTo(UNCHANGED);
        assertThat(outcome.version()).hasValue(1);
        assertThat(outcome.messages()).singleElement().asString().contains("newest version is 2");
    }

    @Test
    void warnsOfFilesThatTheServiceWouldNotFind() {
        folder.event("query.res.greeting", field("x", "int")).with("event.plain.avsc", "\"string\"");

        SchemaReport report = task().run();

        assertThat(report.isWell()).isTrue();
        assertThat(outcome(report, "query.res.greeting").messages())
                .singleElement()
                .asString()
                .contains("query.res.avsc");
        assertThat(outcome(report, "event.plain").messages())
                .singleElement()
                .asString()
                .contains("type string");
        folder.record("order", "acme.Order", field("x", "int"));
        SchemaReport byRecord = task().lookedUpBy(SubjectStrategy.recordName(), EventNaming.record())
                .run();
        assertThat(outcome(byRecord, "order").messages())
                .singleElement()
                .asString()
                .contains("acme.Order");
    }

    @Test
    void warnsOfWhatAvroDoesNotAllow() {
        folder.record("event.a", "event.a", "{\"name\": \"n\", \"type\": [\"null\", \"int\"], \"default\": \"null\"}");

        assertThat(outcome(task().run(), "event.a").messages())
                .anySatisfy(message ->
                        assertThat(message).startsWith("Warning: Avro's rules").contains("default"));
    }

    @Test
    void aFolderMayBeGivenTwice() {
        folder.event("sub/event.a", field("x", "int"));

        SchemaReport report = MigrateSchemas.of(
                        registry, List.of(folder.path(), folder.path().resolve("sub")))
                .run();

        assertThat(report.summary()).isEqualTo("1 new");
    }

    @Test
    void aRegistryThatIsAwayIsToldOnce() {
        folder.event("event.a", field("x", "int")).event("event.b", field("x", "int"));
        server.stop();

        SchemaReport report = task().run();

        assertThat(report.count(NOT_TRIED)).isEqualTo(2);
        assertThat(report.problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains(server.url(), "Check that the registry is up"));
    }

    @Test
    void foldersMustBeThereAndHoldSchemas() throws Exception {
        assertThatExceptionOfType(TaskException.class)
                .isThrownBy(() -> task().run())
                .withMessageContainingAll("There is no folder", "schemas");
        folder.with("notes.txt", "nothing");
        assertThatExceptionOfType(TaskException.class)
                .isThrownBy(() -> task().run())
                .withMessageContainingAll("There is no schema in", ".avsc");
        assertThatExceptionOfType(TaskException.class)
                .isThrownBy(
                        () -> MigrateSchemas.of(registry, List.of(folder.path().resolve("notes.txt")))
                                .run())
                .withMessageContaining("is no folder");
        assertThatExceptionOfType(TaskException.class)
                .isThrownBy(() -> MigrateSchemas.of(registry, List.of()).run())
                .withMessageContaining("No folder");
    }
}
