package io.kaufmann.codec.avro;

import org.apache.avro.specific.SpecificRecordBase;

/** What Avro's generated classes have in common: fields by their places. */
@SuppressWarnings("serial") // Never serialized.
public abstract class SlotRecord extends SpecificRecordBase {

    private final Object[] slots = new Object[5];

    @Override
    public Object get(int field) {
        return slots[field];
    }

    @Override
    public void put(int field, Object value) {
        slots[field] = value;
    }
}
