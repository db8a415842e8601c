package io.kaufmann.codec;

import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.event.EventName;

/**
 * How an event stands in the values of a team's own serializer and deserializer: where in a value the metadata is, and
 * where the payload. Must be thread-safe.
 *
 * <p>For values of Avro there is {@code io.kaufmann.codec.avro.AvroEventForm}. For others it is a few lines; for a
 * serializer of text, with a JSON transcoder at hand:
 *
 * <pre>{@code
 * public Decoded toEvent(EventName name, Object value) {
 *     byte[] text = value.toString().getBytes(UTF_8);
 *     return json.decode(new Encoded(name, "", new RecordHeaders(), text));
 * }
 *
 * public Object fromEvent(Outgoing event) {
 *     return new String(json.encode(event), UTF_8);
 * }
 * }</pre>
 */
public interface EventForm {

    /**
     * The event that a value is.
     *
     * @param name the event's name
     * @param value what the deserializer gave; never null
     * @return metadata and payload
     * @throws TranscodeException when the value is no event
     */
    Decoded toEvent(EventName name, Object value);

    /**
     * The value that an event is.
     *
     * @param event the event
     * @return what the serializer takes
     * @throws TranscodeException when the event cannot be such a value
     */
    Object fromEvent(Outgoing event);
}
