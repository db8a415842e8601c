package io.kaufmann.event;

import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * A payload as Avro's own records, made when somebody asks for them. Given to a {@link Payload} by a transcoder that reads
 * Avro; a handler asks the payload. Must be thread-safe.
 */
public interface AvroForm {

    /**
     * The payload as Avro's own reader would have read it, in the schema it was resolved to.
     *
     * @return a record of its own for each call
     * @throws PayloadException when the payload is no record
     */
    GenericRecord generic();

    /**
     * The payload as an object of a generated class, resolved to that class's schema.
     *
     * @param type the class
     * @param <T> the class
     * @return an object of its own for each call
     * @throws PayloadException when the payload's schema cannot be resolved to that of the class
     */
    <T extends SpecificRecord> T specific(Class<T> type);
}
