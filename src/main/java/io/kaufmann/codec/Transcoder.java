package io.kaufmann.codec;

import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Turns a record's bytes into an event's metadata and payload, and back. Must be thread-safe.
 *
 * <p>A transcoder that needs a schema registry lets its {@link io.kaufmann.schema.RegistryUnavailableException} through:
 * an outage says nothing of the bytes.
 */
public interface Transcoder {

    /** Its name, by which a publication's format asks for it and messages speak of it: {@code avro}. */
    String name();

    /**
     * Decodes a record's value.
     *
     * @param record what was read
     * @return metadata and payload
     * @throws TranscodeException when the bytes are not of this format, or its schema is not known
     */
    Decoded decode(Encoded record);

    /**
     * Whether it may be tried on a record for which no rule names it. A format that accepts almost any bytes says no where
     * the bytes look like another's. Cheap: it looks at the record, never at a registry.
     *
     * @param record what was read
     * @return true unless overridden
     */
    default boolean mayTry(Encoded record) {
        return true;
    }

    /**
     * The full name of the record type that a value holds, told without decoding it: what {@code com.acme.OrderPlaced} is
     * to Avro. For services whose events are named by it.
     *
     * @param headers the record's headers
     * @param value the record's value
     * @return the name; empty when this format has none, or the value is not of this format
     */
    default Optional<String> recordName(Headers headers, byte[] value) {
        return Optional.empty();
    }

    /**
     * Encodes an event.
     *
     * @param event what is to be written
     * @return the record's value
     * @throws TranscodeException when there is no schema for it, or the payload does not fit
     */
    byte[] encode(Outgoing event);

    /**
     * A record as it was read.
     *
     * @param name the event's name
     * @param topic the topic it came from
     * @param headers its headers
     * @param value its value
     */
    record Encoded(EventName name, String topic, Headers headers, byte[] value) {}

    /**
     * What came of decoding.
     *
     * @param meta the metadata, without fields when the event has none
     * @param payload the payload
     */
    record Decoded(Meta meta, Payload payload) {}

    /**
     * An event as it is to be written.
     *
     * @param name its name
     * @param topic the topic it goes to
     * @param meta its metadata; empty writes none, if the schema allows that
     * @param payload its payload as the handler gave it
     * @param headers the record's headers, to which a transcoder may add
     */
    record Outgoing(EventName name, String topic, Optional<Meta> meta, Object payload, Headers headers) {}
}
