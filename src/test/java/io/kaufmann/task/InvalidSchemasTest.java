package io.kaufmann.task;

import static io.kaufmann.task.SchemaFolder.field;
import static io.kaufmann.task.SchemaStatus.INVALID;
import static io.kaufmann.task.SchemaStatus.NOT_TRIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about files that are no schemas. */
class InvalidSchemasTest {

    @TempDir
    Path root;

    private SchemaFolder folder;

    @BeforeEach
    void open() {
        folder = new SchemaFolder(root.resolve("schemas"));
    }

    private SchemaOutcome outcome(String subject) {
        return outcome(subject, SchemaChoices.DEFAULT);
    }

    private SchemaOutcome outcome(String subject, SchemaChoices choices) {
        return SchemaSet.read(List.of(folder.path()), choices).unusable().stream()
                .filter(outcome -> outcome.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private String message(String subject) {
        SchemaOutcome outcome = outcome(subject);
        assertThat(outcome.status()).isEqualTo(INVALID);
        return String.join("\n", outcome.messages());
    }

    @Test
    void brokenJsonIsToldWithLineAndColumn() {
        folder.with("a.avsc", "{\"type\": \"record\",\n  \"name\" \"b\"}");

        assertThat(message("a"))
                .contains("a.avsc, line 2, column 10: this is no JSON")
                .contains("colon");
    }

    @Test
    void jsonThatEndsTooEarlyOrTooLateIsTold() {
        folder.with("early.avsc", "{\"type\":\n")
                .with("late.avsc", "\"int\"\n}")
                .with("empty.avsc", " \n");

        assertThat(message("early")).contains("line ", "no JSON");
        assertThat(message("late")).contains("line 2, column 1", "no JSON");
        assertThat(message("empty")).contains("empty.avsc is empty");
    }

    @Test
    void aTypeThatNobodyDefinesIsToldWithItsPlace() {
        folder.record("a", "a", field("x", "no.such.Type"));

        assertThat(message("a")).contains("a.avsc, line 2, column 25", "no.such.Type", "no file defines");
    }

    @Test
    void aTypeInsideAnotherIsToldWithItsFile() {
        folder.event("event.a", field("x", "int")).record("b", "event.B", field("x", "Payload"));

        assertThat(message("b")).contains("event.Payload", "event.a.avsc", "a file of its own");
    }

    @Test
    void whatRefersToAnInvalidFileIsNotTried() {
        folder.record("a", "a", field("x", "no.such.Type")).record("b", "b", field("x", "a"));

        assertThat(outcome("b").status()).isEqualTo(NOT_TRIED);
        assertThat(outcome("b").messages()).singleElement().asString().contains("a.avsc");
    }

    @Test
    void aTypeThatAnUnreadableFileMayDefineIsTold() {
        folder.with("a.avsc", "{").record("b", "b", field("x", "a"));

        assertThat(message("b")).contains("unless it is", "a.avsc");
    }

    @Test
    void aTypeOfTwoFilesIsAmbiguousOnlyForWhoNamesIt() {
        folder.record("one", "Item", field("x", "int"))
                .record("two", "Item", field("y", "int"))
                .record("order", "Order", field("item", "Item"));

        assertThat(message("order")).contains("one.avsc", "two.avsc", "several files");
        assertThat(SchemaSet.read(List.of(folder.path()), SchemaChoices.DEFAULT).prepared())
                .extracting(PreparedSchema::subject)
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void twoFilesForOneEventAreTold() {
        folder.record("one/event.a", "a", field("x", "int")).record("two/event.a", "a", field("x", "int"));

        assertThat(message("event.a"))
                .contains(
                        Path.of("one", "event.a.avsc").toString(),
                        Path.of("two", "event.a.avsc").toString());
    }

    @Test
    void aCycleIsToldInItsOrder() {
        folder.record("a", "a", field("x", "b"))
                .record("b", "b", field("x", "c"))
                .record("c", "c", field("x", "a"))
                .record("d", "d", field("x", "a"));

        for (String subject : List.of("a", "b", "c")) {
            assertThat(message(subject)).containsPattern("cycle: .*a.avsc -> .*b.avsc -> .*c.avsc -> .*a.avsc");
        }
        assertThat(outcome("d").status()).isEqualTo(NOT_TRIED);
    }

    @Test
    void aRecordMayNameItself() {
        folder.record(
                "tree", "acme.Tree", "{\"name\": \"children\", \"type\": {\"type\": \"array\", \"items\": \"Tree\"}}");

        assertThat(SchemaSet.read(List.of(folder.path()), SchemaChoices.DEFAULT).unusable())
                .isEmpty();
    }

    @Test
    void jsonThatIsNoSchemaIsTold() {
        folder.with("a.avsc", "{\"type\": \"record\", \"name\": \"a\"}")
                .record("b", "b", field("x", "int"), field("x", "int"))
                .with("c.avsc", "{}");

        assertThat(message("a")).contains("no Avro schema");
        assertThat(message("b")).contains("no Avro schema", "x");
        assertThat(message("c")).contains("no Avro schema");
    }

    @Test
    void typesThatMayNotStandTogetherAreTold() {
        // Both have a Payload, which differs.
        folder.record(
                        "item",
                        "Item",
                        "{\"name\": \"p\", \"type\": {\"type\": \"record\", \"name\": \"Payload\", \"fields\": []}}")
                .record(
                        "order",
                        "Order",
                        field("item", "Item"),
                        "{\"name\": \"p\", \"type\": {\"type\": \"enum\", \"name\": \"Payload\", \"symbols\": [\"A\"]}}");

        assertThat(message("order")).contains("Payload", "names");
        assertThat(outcome("order", SchemaChoices.DEFAULT.with(MetadataForm.REFERENCE))
                        .messages())
                .singleElement()
                .asString()
                .contains("Payload");
    }

    @Test
    void aFileNeedsAName() {
        folder.with(".avsc", "\"int\"");

        assertThat(message("")).contains("no name before .avsc");
    }
}
