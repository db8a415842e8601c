package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class LateRecordTest {

    private static final Schema META = SchemaBuilder.record("meta")
            .fields()
            .requiredString("message_id")
            .optionalString("callback_id")
            .endRecord();
    private static final Schema EVENT = SchemaBuilder.record("event")
            .fields()
            .name("meta")
            .type(META)
            .noDefault()
            .requiredLong("payload")
            .endRecord();

    private static byte[] bytes(String messageId) throws IOException {
        GenericRecord meta = new GenericData.Record(META);
        meta.put("message_id", messageId);
        GenericRecord event = new GenericData.Record(EVENT);
        event.put("meta", meta);
        event.put("payload", 7L);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(EVENT).write(event, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static RecordMap read(Schema schema, byte[] bytes) {
        return (RecordMap)
                Readers.of(schema, Optional.of(schema.getField("meta"))).read(new Input(bytes, 0));
    }

    private static RecordMap read(byte[] bytes) {
        return read(EVENT, bytes);
    }

    @Test
    void isTheSameAsOneThatIsReadAtOnce() throws IOException {
        byte[] bytes = bytes("m-1");
        RecordMap event = read(bytes);
        Object meta = event.get("meta");
        assertThat(meta)
                .isInstanceOf(LateRecord.class)
                .isEqualTo(((RecordMap) Readers.of(EVENT).read(new Input(bytes, 0))).get("meta"));
        assertThat(event).containsEntry("payload", 7L);
        Map<?, ?> fields = (Map<?, ?>) meta;
        assertThat(fields.size()).isEqualTo(2);
        assertThat(fields.get("message_id")).isEqualTo("m-1");
        assertThat(fields.containsKey("callback_id")).isTrue();
        assertThat(fields.containsKey("other")).isFalse();
        assertThat(fields).hasToString("{message_id=m-1, callback_id=null}");
    }

    /** With the name of the field, as one that is read at once has it. */
    @Test
    void isRefusedAtOnceWhenItsBytesDoNotFit() throws IOException {
        byte[] damaged = bytes("m-1");
        damaged[0] = 100; // Twice the length of a text that would be longer than all.
        assertThatThrownBy(() -> read(damaged))
                .isInstanceOfSatisfying(
                        Misfit.class, misfit -> assertThat(misfit.path()).isEqualTo("meta.message_id"));
    }

    /** To pass over them would not find that their values are none of their type. */
    @Test
    void doesNotSuitLogicalTypesAndNestedRecords() {
        Schema uuid = Schema.create(Schema.Type.STRING);
        org.apache.avro.LogicalTypes.uuid().addToSchema(uuid);
        Schema withUuid = SchemaBuilder.record("meta")
                .fields()
                .name("message_id")
                .type(uuid)
                .noDefault()
                .endRecord();
        Schema nested = SchemaBuilder.record("outer")
                .fields()
                .name("inner")
                .type(META)
                .noDefault()
                .endRecord();
        assertThat(LateRecord.suits(META)).isTrue();
        assertThat(LateRecord.suits(withUuid)).isFalse();
        assertThat(LateRecord.suits(nested)).isFalse();
        for (Schema part : List.of(
                Schema.createMap(uuid),
                Schema.createArray(uuid),
                Schema.createUnion(Schema.create(Schema.Type.NULL), uuid))) {
            Schema around = SchemaBuilder.record("meta")
                    .fields()
                    .name("some")
                    .type(part)
                    .noDefault()
                    .endRecord();
            assertThat(LateRecord.suits(around)).as("%s", part).isFalse();
        }
    }

    @Test
    void isReadAtOnceWhenItIsLarge() throws IOException {
        RecordMap event = read(bytes("m".repeat(100_000)));
        assertThat(event.get("meta")).isInstanceOf(RecordMap.class);
        assertThat(event).containsEntry("payload", 7L);
    }
}
