package io.kaufmann.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.Meta;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

/** Avro's own records, written as JSON. */
class AvroJsonTest {

    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "R", "fields": [
              {"name": "text", "type": ["null", "string"], "default": null},
              {"name": "amount", "type": [{"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2},
                "null"], "default": "\\u0000"},
              {"name": "fixed", "type": {"type": "fixed", "name": "F", "size": 2}, "default": "ab"},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}, "default": 0},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}, "default": 1},
              {"name": "time", "type": {"type": "int", "logicalType": "time-millis"}, "default": 1000},
              {"name": "kind", "type": {"type": "enum", "name": "K", "symbols": ["A", "B"]}, "default": "B"},
              {"name": "bytes", "type": "bytes", "default": "abc"},
              {"name": "list", "type": {"type": "array", "items": ["null", "double", "R"]}, "default": []},
              {"name": "map", "type": {"type": "map", "values": {"type": "long", "logicalType": "timestamp-millis"}},
                "default": {"k": 1}}]}
            """);

    private final JsonEvents json = new JsonEvents();

    private static GenericRecordBuilder builder() {
        return new GenericRecordBuilder(SCHEMA);
    }

    @Test
    void writesByFieldNamesAndLogicalTypesAsWhatTheyMean() {
        GenericRecord inner = builder().set("text", new Utf8("inner")).build();
        ByteBuffer amount =
                new Conversions.DecimalConversion().toBytes(new BigDecimal("12.50"), null, LogicalTypes.decimal(9, 2));
        GenericRecord record = builder()
                .set("amount", amount)
                .set("list", new GenericData.Array<>(SCHEMA.getField("list").schema(), List.of(1.5, inner)))
                .build();
        String rest = "\"fixed\":\"YWI=\",\"at\":\"1970-01-01T00:00:00Z\",\"day\":\"1970-01-02\",\"time\":\"00:00:01\","
                + "\"kind\":\"B\",\"bytes\":\"YWJj\",\"list\":[%s],\"map\":{\"k\":\"1970-01-01T00:00:00.001Z\"}}";
        assertThat(json.encode(Meta.builder().messageId("m1").build(), record))
                .isEqualTo("{\"meta\":{\"message_id\":\"m1\"},\"text\":null,\"amount\":12.50,"
                        + rest.formatted("1.5,{\"text\":\"inner\",\"amount\":0.00," + rest.formatted("")));
    }

    @Test
    void writesLogicalTypesThatAreConvertedAlready() {
        GenericRecord record = builder().build();
        record.put("at", Instant.ofEpochSecond(1));
        assertThat(json.decode(json.encode(Map.of("r", record)))
                        .payload()
                        .value()
                        .toString())
                .contains("at=1970-01-01T00:00:01Z");
    }

    @Test
    void namesThePathOfWhatCannotBeWritten() {
        GenericRecord inner = builder().build();
        inner.put("list", List.of(Double.NaN));
        GenericRecord record = builder().build();
        record.put("list", List.of(1.0, inner));
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> json.encode(record))
                .withMessageStartingWith("event.order.placed payload.list[1].list[0]: expected a number, found NaN");
    }

    @Test
    void refusesARecordThatHoldsItself() {
        GenericRecord record = builder().build();
        record.put("list", List.of(record));
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> json.encode(record))
                .withMessageStartingWith("event.order.placed payload.list[0]");
    }

    @Test
    void refusesAValueThatIsNoBranchOfItsUnion() {
        GenericRecord record = builder().build();
        record.put("text", new Object());
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> json.encode(record))
                .withMessageStartingWith("event.order.placed payload.text: ");
    }
}
