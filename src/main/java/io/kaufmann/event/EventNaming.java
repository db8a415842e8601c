package io.kaufmann.event;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where a record tells its event's name: in its key, in a header, or as the full name of its Avro record. Immutable and
 * thread-safe.
 *
 * <p>In the key, as KaufmannEx has it, the name stands before the first {@code #} and the ordering key after it. Anywhere
 * else the record's key is the ordering key, so that each entity has its partition and a topic may be compacted. Keys are
 * text in UTF-8: other bytes may be taken for one another, and do not come back as they were.
 */
public final class EventNaming {

    /** How a setting writes it. */
    public static final String FORM = "key, header:NAME with a header's name, or record";

    private static final String KEY_FORM = "key";
    private static final String RECORD_FORM = "record";
    private static final String HEADER_FORM = "header:";

    private enum Place {
        KEY,
        HEADER,
        RECORD
    }

    private final Place place;
    private final String header;

    private EventNaming(Place place, String header) {
        this.place = place;
        this.header = header;
    }

    /** The record's key is the event's name, with the ordering key after a {@code #}. */
    public static EventNaming key() {
        return new EventNaming(Place.KEY, "");
    }

    /**
     * A header tells the event's name, in UTF-8, and the record's key is the ordering key.
     *
     * @param name the header's name, such as {@code ce_type}
     * @return the naming
     * @throws IllegalArgumentException when the name is blank
     */
    public static EventNaming header(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A header needs a name. Write " + FORM);
        }
        return new EventNaming(Place.HEADER, name);
    }

    /**
     * The full name of the Avro record is the event's name, such as {@code com.acme.OrderPlaced}, and the record's key is
     * the ordering key. It is told by the record's schema id, without decoding the event.
     */
    public static EventNaming record() {
        return new EventNaming(Place.RECORD, "");
    }

    /**
     * The naming that a setting says.
     *
     * @param text as {@link #FORM} has it
     * @return the naming
     * @throws IllegalArgumentException when it is none of these
     */
    public static EventNaming parse(String text) {
        if (text.startsWith(HEADER_FORM)) {
            return header(text.substring(HEADER_FORM.length()));
        }
        return switch (text) {
            case KEY_FORM -> key();
            case RECORD_FORM -> record();
            default -> throw new IllegalArgumentException("No naming: '" + text + "'. Write " + FORM);
        };
    }

    /** Whether only the value tells the name, so that {@link #name} never does. */
    public boolean isByRecord() {
        return place == Place.RECORD;
    }

    /**
     * The name of a record's event.
     *
     * @param headers the record's headers
     * @param key the record's key, may be null
     * @return the name with its ordering key; empty when key and headers do not tell it
     */
    public Optional<EventName> name(Headers headers, byte[] key) {
        return switch (place) {
            case KEY -> Optional.ofNullable(key).map(EventNaming::text).map(EventName::of);
            case HEADER ->
                Optional.ofNullable(headers.lastHeader(header))
                        .map(Header::value)
                        .map(EventNaming::text)
                        .map(name -> named(name, key))
                        .filter(name -> !name.base().isBlank());
            case RECORD -> Optional.empty();
        };
    }

    /**
     * The name of an event that is told apart from the record's key.
     *
     * @param name what was told
     * @param key the record's key, may be null
     * @return the name, with the key as its ordering key
     */
    public EventName named(String name, byte[] key) {
        EventName told = EventName.of(name);
        return key == null ? told : EventName.of(told.base() + '#' + text(key));
    }

    /**
     * The ordering key of a record, which it tells even where only its value tells the name.
     *
     * @param name what {@link #name} gave
     * @param key the record's key, may be null
     * @return the ordering key; empty when it has none
     */
    public Optional<String> orderingKey(Optional<EventName> name, byte[] key) {
        return place == Place.KEY
                ? name.flatMap(EventName::orderingKey)
                : Optional.ofNullable(key).map(EventNaming::text);
    }

    /**
     * The key of a record that is to be written.
     *
     * @param name the event's name
     * @return the key; empty for a record without one
     */
    public Optional<byte[]> key(EventName name) {
        Optional<String> key = place == Place.KEY ? Optional.of(name.text()) : name.orderingKey();
        return key.map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Tells the name in the headers of a record that is to be written, if it belongs there.
     *
     * @param name the event's name
     * @param headers the record's headers, to which it is added in place of one that is there
     */
    public void tell(EventName name, Headers headers) {
        if (place == Place.HEADER) {
            headers.remove(header).add(header, name.base().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventNaming naming && naming.place == place && naming.header.equals(header);
    }

    @Override
    public int hashCode() {
        return Objects.hash(place, header);
    }

    /** As a setting writes it. */
    @Override
    public String toString() {
        return switch (place) {
            case KEY -> KEY_FORM;
            case HEADER -> HEADER_FORM + header;
            case RECORD -> RECORD_FORM;
        };
    }
}
