package io.kaufmann.codec;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** A class as Avro's compiler makes them, for the whole event. */
public final class OrderPlaced extends SpecificRecordBase {

    public static final Schema SCHEMA$ = AvroContract.SCHEMA;

    private static final long serialVersionUID = 1L;

    private transient Object meta;
    private OrderPayload payload;

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return field == 0 ? meta : payload;
    }

    @Override
    public void put(int field, Object value) {
        if (field == 0) {
            meta = value;
        } else {
            payload = (OrderPayload) value;
        }
    }
}
