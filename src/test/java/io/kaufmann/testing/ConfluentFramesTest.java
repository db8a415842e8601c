package io.kaufmann.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class ConfluentFramesTest {

    private static final Schema GREET = new Schema.Parser().parse("""
                    {"type": "record", "name": "Greet", "namespace": "test", "fields": [
                      {"name": "name", "type": "string"},
                      {"name": "times", "type": "int", "default": 1}]}
                    """);

    private static final Schema ORDER = new Schema.Parser().parse("""
                    {"type": "record", "name": "Order", "namespace": "test", "fields": [
                      {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["OPEN", "PAID"]}},
                      {"name": "lines", "type": {"type": "array", "items": {
                        "type": "record", "name": "Line", "fields": [{"name": "item", "type": "string"}]}}},
                      {"name": "labels", "type": {"type": "map", "values": "string"}},
                      {"name": "buyer", "type": ["null", {
                        "type": "record", "name": "Buyer", "fields": [{"name": "id", "type": "long"}]}],
                       "default": null}]}
                    """);

    @Test
    void writesTheBytesOfTheSpecification() {
        byte[] frame = ConfluentFrames.write(0x01020304, GREET, Map.of("name", "Ada"));
        // Magic byte, id, length 3 as a zigzag number, three letters, 1 as a zigzag number.
        assertThat(HexFormat.ofDelimiter(" ").formatHex(frame)).isEqualTo("00 01 02 03 04 06 41 64 61 02");
    }

    @Test
    void readsWhatItWrites() {
        Map<String, Object> order = Map.of(
                "state",
                "PAID",
                "lines",
                List.of(Map.of("item", "pen"), Map.of("item", "ink")),
                "labels",
                Map.of("to", "Berlin"),
                "buyer",
                Map.of("id", 7L));
        byte[] frame = ConfluentFrames.write(12, ORDER, order);

        assertThat(ConfluentFrames.schemaId(frame)).isEqualTo(12);
        assertThat(AvroValues.plain(ConfluentFrames.read(frame, ORDER))).isEqualTo(order);
    }

    @Test
    void resolvesToTheReadersSchema() {
        Schema older = new Schema.Parser().parse("""
                        {"type": "record", "name": "Greet", "namespace": "test", "fields": [
                          {"name": "name", "type": "string"}]}
                        """);
        byte[] frame = ConfluentFrames.write(3, older, Map.of("name", "Ada"));
        assertThat(AvroValues.plain(ConfluentFrames.read(frame, older, GREET)))
                .isEqualTo(Map.of("name", "Ada", "times", 1));
    }

    @Test
    void refusesWhatIsNoFrame() {
        byte[] frame = ConfluentFrames.write(3, GREET, Map.of("name", "Ada"));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> ConfluentFrames.schemaId(new byte[] {0, 0}));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ConfluentFrames.schemaId(new byte[] {1, 0, 0, 0, 1}));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> ConfluentFrames.read(Arrays.copyOf(frame, frame.length - 2), GREET));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ConfluentFrames.read(Arrays.copyOf(frame, frame.length + 1), GREET))
                .withMessageContaining("test.Greet");
    }

    @Test
    void namesAFieldThatTheSchemaDoesNotHave() {
        assertThatThrownBy(() -> ConfluentFrames.write(3, GREET, Map.of("nmae", "Ada")))
                .isInstanceOf(AvroTypeException.class)
                .hasMessageContaining("test.Greet has no field nmae");
    }
}
