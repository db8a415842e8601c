package io.kaufmann.codec;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** A class as Avro's compiler makes them, for an event's payload. */
public final class OrderPayload extends SpecificRecordBase {

    public static final Schema SCHEMA$ = AvroContract.SCHEMA.getField("payload").schema();

    private static final long serialVersionUID = 1L;

    private long id;
    private transient CharSequence name;
    private double price;
    private transient List<?> tags;

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return switch (field) {
            case 0 -> id;
            case 1 -> name;
            case 2 -> price;
            default -> tags;
        };
    }

    @Override
    public void put(int field, Object value) {
        switch (field) {
            case 0 -> id = (Long) value;
            case 1 -> name = (CharSequence) value;
            case 2 -> price = (Double) value;
            default -> tags = (List<?>) value;
        }
    }
}
