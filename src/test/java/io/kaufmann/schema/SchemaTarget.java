package io.kaufmann.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.codec.avro.AvroTranscoder;
import io.kaufmann.event.EventName;
import io.kaufmann.fuzz.FuzzTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A registry's answers: parsed to a schema together with what it refers to, which is always the same enum; and a schema that is one must serve to decode bytes or to refuse them.
 */
public final class SchemaTarget implements FuzzTarget {

    private static final byte[] FRAME = new byte[200];
    private static final JsonNode REFERRED = JsonNodeFactory.instance
            .objectNode()
            .put("schema", "{\"type\": \"enum\", \"name\": \"a.Referred\", \"symbols\": [\"A\"]}");

    /** Without settings. */
    public SchemaTarget() {}

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        """
                        {"type": "record", "name": "a.R", "aliases": ["S"], "fields": [
                          {"name": "meta", "type": ["null", {"type": "map", "values": "string"}], "default": null},
                          {"name": "payload", "type": {"type": "array", "items": "a.R"}, "aliases": ["p"]}]}""",
                        """
                        {"type": "record", "name": "R", "fields": [
                          {"name": "d", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
                          {"name": "u", "type": {"type": "string", "logicalType": "uuid", "java-class": "jaz.Zer"}},
                          {"name": "t", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                          {"name": "p", "type": {"type": "fixed", "size": 12, "name": "P", "logicalType": "duration"}},
                          {"name": "i", "type": {"type": "int", "logicalType": "date"}, "default": 1}]}""",
                        """
                        {"type": "map", "java-key-class": "jaz.Zer", "values": [
                          "null", "boolean", "double", {"type": "enum", "name": "E", "symbols": ["A", "B"], "default": "A"}]}""",
                        "{\"type\": \"array\", \"java-element-class\": \"jaz.Zer\", \"items\": \"float\"}",
                        "{\"type\": \"fixed\", \"name\": \"F\", \"size\": 2147483647}",
                        "\"string\"",
                        "{\"type\": \"array\", \"items\": \"a.Referred\"}",
                        "[]")
                .map(SchemaTarget::answer)
                .toList();
    }

    private static byte[] answer(String schema) {
        ObjectNode answer =
                JsonNodeFactory.instance.objectNode().put("schema", schema).put("schemaType", "AVRO");
        answer.putArray("references")
                .addObject()
                .put("name", "N")
                .put("subject", "s")
                .put("version", 1);
        return answer.toString().getBytes(UTF_8);
    }

    @Override
    public boolean accepts(byte[] input) {
        Schema schema;
        try {
            JsonNode answer = RegistryAnswer.parse(input);
            schema = new SchemaResolver("here", reference -> REFERRED, Duration.ofMinutes(1))
                    .resolve("schema id 1", answer);
        } catch (UnsupportedSchemaException | StreamConstraintsException e) {
            return false;
        }
        decode(schema);
        return true;
    }

    private static void decode(Schema schema) {
        ScriptedRegistry registry = new ScriptedRegistry();
        registry.onId = id -> new RegisteredSchema(id, Optional.empty(), OptionalInt.empty(), schema);
        Transcoder transcoder = AvroTranscoder.of(registry, SubjectStrategy.eventName());
        try {
            transcoder.decode(new Encoded(EventName.of("event.x"), "rapids", new RecordHeaders(), FRAME));
        } catch (TranscodeException e) {
            // As good as a value: these bytes are of no schema.
        }
    }

    @Override
    public String guidedBy() {
        return "io.kaufmann.**:org.apache.avro.**";
    }
}
