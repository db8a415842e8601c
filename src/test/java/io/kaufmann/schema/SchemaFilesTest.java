package io.kaufmann.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaFilesTest {

    private static final String EVENT = """
            {"type": "record", "name": "%s", "fields": [{"name": "payload", "type": %s}]}""";

    @TempDir
    Path folder;

    @Test
    void aFilesNameIsItsSubject() throws IOException {
        write("event.order.placed.avsc", EVENT.formatted("event.order.placed", "\"string\""));
        write("deeper/plain.avsc", "\"long\"");
        write("notes.txt", "no schema");

        SchemaFiles files = SchemaFiles.in(List.of(folder));

        assertThat(files.subjects()).containsExactly("event.order.placed", "plain");
        assertThat(files.find("plain")).contains(Schema.create(Schema.Type.LONG));
        assertThat(files.find("event.order")).isEmpty();
    }

    @Test
    void filesNameEachOthersTypesInAnyOrder() throws IOException {
        write("a.avsc", EVENT.formatted("a", "\"z.Item\""));
        write("b.avsc", EVENT.formatted("b", "\"a\""));
        write("z.avsc", """
                {"type": "record", "name": "Item", "namespace": "z", "fields": [{"name": "id", "type": "z.Id"}]}""");
        write("zz.avsc", """
                {"type": "fixed", "name": "Id", "namespace": "z", "size": 4}""");

        Schema b = SchemaFiles.in(List.of(folder)).find("b").orElseThrow();

        Schema item = b.getField("payload").schema().getField("payload").schema();
        assertThat(item.getField("id").schema().getFixedSize()).isEqualTo(4);
        assertThat(new Schema.Parser().parse(b.toString())).isEqualTo(b); // It stands by itself.
    }

    @Test
    void theShippedMetadataIsKnownUnlessAFileDefinesIt() throws IOException {
        write("event.x.avsc", EVENT.formatted("event.x", "\"seven.cloud.services.event_metadata\""));
        assertThat(metadata().getField("callback_topic")).isNotNull();

        write("event_metadata.avsc", """
                {"type": "record", "name": "event_metadata", "namespace": "seven.cloud.services",
                 "fields": [{"name": "tenant", "type": "string"}]}""");
        assertThat(metadata().getField("tenant")).isNotNull();
    }

    private Schema metadata() {
        return SchemaFiles.in(List.of(folder))
                .find("event.x")
                .orElseThrow()
                .getField("payload")
                .schema();
    }

    @Test
    void defaultsThatKaufmannExTakesAreTaken() throws IOException {
        write("event.x.avsc", """
                {"type": "record", "name": "event.x", "fields": [
                  {"name": "a", "type": ["null", "string"], "default": "null"}]}""");

        assertThat(SchemaFiles.in(List.of(folder)).subjects()).containsExactly("event.x");
    }

    @Test
    void aTypeMayDifferBetweenFilesThatStandByThemselves() throws IOException {
        String item = "{\"type\": \"record\", \"name\": \"Item\", \"fields\": [{\"name\": \"%s\", \"type\": \"int\"}]}";
        write("a.avsc", EVENT.formatted("a", item.formatted("one")));
        write("b.avsc", EVENT.formatted("b", item.formatted("two")));

        assertThat(SchemaFiles.in(List.of(folder)).subjects()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"name\": \"event\"", "\"name\": \"event\", \"namespace\": \"acme\"", "\"name\": \"acme.event\""
            })
    void filesThatNameTypesOfOthersMayEachHaveOneOfTheSameName(String named) throws IOException {
        for (String field : List.of("greeting", "name")) {
            write(field + ".avsc", """
                    {"type": "record", %s, "fields": [
                      {"name": "meta", "type": "seven.cloud.services.event_metadata"},
                      {"name": "payload", "type": {"type": "record", "name": "payload", "fields": [
                        {"name": "%s", "type": "string"}]}}]}""".formatted(named, field));
        }
        SchemaFiles files = SchemaFiles.in(List.of(folder));
        for (String field : List.of("greeting", "name")) {
            Schema payload = files.find(field).orElseThrow().getField("payload").schema();
            assertThat(payload.getFields()).extracting(Schema.Field::name).containsExactly(field);
        }
    }

    @Test
    void theFirstFolderCounts() throws IOException {
        write("one/x.avsc", "\"long\"");
        write("two/x.avsc", "\"int\"");

        SchemaFiles files = SchemaFiles.in(List.of(folder.resolve("two"), folder.resolve("one")));

        assertThat(files.find("x")).contains(Schema.create(Schema.Type.INT));
    }

    @Test
    void namesEveryFileThatIsNoSchema() throws IOException {
        write("good.avsc", "\"long\"");
        write("lost.avsc", EVENT.formatted("lost", "\"no.such.Type\""));
        write("torn.avsc", "{\"type\": ");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchemaFiles.in(List.of(folder)))
                .withMessageContainingAll("lost.avsc", "no.such.Type", "torn.avsc")
                .withMessageNotContaining("good.avsc");
    }

    @Test
    void aFolderMustBeThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchemaFiles.in(List.of(folder.resolve("nowhere"))))
                .withMessageContainingAll("nowhere", "kaufmann.schema.path");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
