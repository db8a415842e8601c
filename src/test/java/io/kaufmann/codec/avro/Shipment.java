package io.kaufmann.codec.avro;

import java.time.Instant;
import java.util.List;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** What Avro's compiler would generate, in few lines. Public, with public fields, as Avro asks for. */
@SuppressWarnings("serial") // Never serialized.
public final class Shipment extends SlotRecord {

    public static final Schema SCHEMA$ = new Schema.Parser().parse("""
            {"type": "record", "name": "Shipment", "namespace": "io.kaufmann.codec.avro", "fields": [
              {"name": "to", "type": {"type": "string", "avro.java.string": "String"}, "aliases": ["recipient"]},
              {"name": "kind", "type": {"type": "enum", "name": "ShipmentKind", "symbols": ["LETTER", "PARCEL"]}},
              {"name": "items", "type": {"type": "array", "items":
                {"type": "record", "name": "Item", "namespace": "io.kaufmann.codec.avro.Shipment", "fields": [
                  {"name": "count", "type": "long"}, {"name": "weight", "type": "double", "default": 0.5}]}}},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "kindOfReturn", "type": "ShipmentKind", "default": "PARCEL"}]}""");

    private static final SpecificData MODEL$ = new SpecificData();

    static {
        MODEL$.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    String to() {
        return (String) get(0);
    }

    ShipmentKind kind() {
        return (ShipmentKind) get(1);
    }

    @SuppressWarnings("unchecked") // As the schema has it.
    List<Item> items() {
        return (List<Item>) get(2);
    }

    Instant at() {
        return (Instant) get(3);
    }

    ShipmentKind kindOfReturn() {
        return (ShipmentKind) get(4);
    }

    @Override
    public SpecificData getSpecificData() {
        return MODEL$;
    }

    @Override
    public Conversion<?> getConversion(int field) {
        return field == 3 ? new TimeConversions.TimestampMillisConversion() : null;
    }

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    /** A record in the record. */
    public static final class Item extends SpecificRecordBase {

        public static final Schema SCHEMA$ =
                Shipment.SCHEMA$.getField("items").schema().getElementType();

        private long count;
        private double weight;

        long count() {
            return count;
        }

        double weight() {
            return weight;
        }

        @Override
        public Schema getSchema() {
            return SCHEMA$;
        }

        @Override
        public Object get(int field) {
            return field == 0 ? (Object) count : (Object) weight;
        }

        @Override
        public void put(int field, Object value) {
            if (field == 0) {
                count = (long) value;
            } else {
                weight = (double) value;
            }
        }
    }
}
