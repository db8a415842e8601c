package io.kaufmann.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class PayloadAvroTest {

    /** As Avro's compiler writes it, but for the builder. */
    public static final class Greeting extends SpecificRecordBase {

        private static final long serialVersionUID = 1L;

        public static final Schema SCHEMA$ = SchemaBuilder.record("Greeting")
                .namespace("io.kaufmann.event.PayloadAvroTest$")
                .fields()
                .requiredString("name")
                .endRecord();

        private transient CharSequence name;

        @Override
        public Schema getSchema() {
            return SCHEMA$;
        }

        @Override
        public Object get(int field) {
            return name;
        }

        @Override
        public void put(int field, Object value) {
            name = (CharSequence) value;
        }
    }

    private final Payload json = Payload.of("event.x", Map.of("name", "Ada"));
    private final Payload avro = Payload.of("event.x", Map.of("name", "Ada"), new OfFields("Ada"));

    @Test
    void anEventReadAsAvroIsAGeneratedClassToo() {
        assertThat(avro.as(Greeting.class).get(0)).isEqualTo("Ada");
    }

    @Test
    void anEventReadAsAvroIsAGenericRecordToo() {
        assertThat(avro.as(GenericRecord.class).get("name")).isEqualTo("Ada");
        assertThat(avro.as(IndexedRecord.class).get(0)).isEqualTo("Ada");
        assertThat(avro.avro()).isEqualTo(avro.as(GenericRecord.class));
    }

    @Test
    void anEventOfAnotherFormatIsNoneOfAvrosTypes() {
        for (Class<?> type : new Class<?>[] {Greeting.class, GenericRecord.class}) {
            assertThatExceptionOfType(PayloadException.class)
                    .isThrownBy(() -> json.as(type))
                    .withMessage("event.x payload: expected Avro, found an event of another format."
                            + " Read it by field names, or as a record or class of your own");
        }
    }

    @Test
    void avrosTypesAreReadOfAWholePayload() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> avro.as("name", Greeting.class))
                .withMessage(Greeting.class.getName()
                        + " is a type of Avro's, and those are read of a whole payload: as(Class)");
        assertThatIllegalArgumentException().isThrownBy(() -> avro.list("name", GenericRecord.class));
    }

    /** What a transcoder gives. */
    private record OfFields(String name) implements AvroForm {

        @Override
        public GenericRecord generic() {
            GenericRecord generic = new GenericData.Record(Greeting.SCHEMA$);
            generic.put("name", name);
            return generic;
        }

        @Override
        public <T extends SpecificRecord> T specific(Class<T> type) {
            Greeting greeting = new Greeting();
            greeting.put(0, name);
            return type.cast(greeting);
        }
    }
}
