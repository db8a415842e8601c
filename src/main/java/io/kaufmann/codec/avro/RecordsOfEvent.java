package io.kaufmann.codec.avro;

import io.kaufmann.event.AvroForm;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * One event's payload as Avro's own records, made from the bytes when somebody asks.
 *
 * @param records knows how
 * @param event the event's name, for messages
 * @param bytes the record's value, which nobody changes
 * @param start where the event begins in it
 */
record RecordsOfEvent(AvroRecords records, String event, byte[] bytes, int start) implements AvroForm {

    @Override
    public GenericRecord generic() {
        return records.generic(this);
    }

    @Override
    public <T extends SpecificRecord> T specific(Class<T> type) {
        return records.specific(type, this);
    }
}
