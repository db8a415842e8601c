package io.kaufmann.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/**
 * What happened: the payload of an event, read by field name. Immutable and thread-safe.
 *
 * <p>A reader asks for a field as the type it expects; one that is missing, null or of another type is an error that says
 * which event, which field, what was expected and what was found.
 */
public final class Payload {

    private final String event;
    private final Object value;
    private final Optional<AvroForm> avro;

    private Payload(String event, Object value, Optional<AvroForm> avro) {
        this.event = event;
        this.value = value;
        this.avro = avro;
    }

    /**
     * A payload.
     *
     * @param event the event's name, for messages
     * @param value what was decoded: as a rule a map of field names; text is {@link String}, bytes are
     *     {@link java.nio.ByteBuffer}, arrays are {@link java.util.List}, nested records are maps
     * @return the payload
     */
    public static Payload of(String event, Object value) {
        return new Payload(Objects.requireNonNull(event, "event"), value, Optional.empty());
    }

    /**
     * A payload that was read as Avro.
     *
     * @param event the event's name, for messages
     * @param value what was decoded, as in {@link #of(String, Object)}
     * @param avro makes Avro's own records of it
     * @return the payload
     */
    public static Payload of(String event, Object value, AvroForm avro) {
        return new Payload(Objects.requireNonNull(event, "event"), value, Optional.of(avro));
    }

    /**
     * A text field.
     *
     * @param field its name
     * @return its value
     * @throws PayloadException when it is missing, null or not text
     */
    public String text(String field) {
        return require(field, "text", CharSequence.class).toString();
    }

    /**
     * An integer field, Avro's int or long.
     *
     * @param field its name
     * @return its value
     * @throws PayloadException when it is missing, null or not an integer that fits a long
     */
    public long integer(String field) {
        Number number = require(field, "an integer", Number.class);
        boolean fraction = number instanceof Double || number instanceof Float || number instanceof BigDecimal;
        boolean tooLarge = number instanceof BigInteger big && big.bitLength() >= Long.SIZE;
        if (fraction || tooLarge) {
            throw mismatch(field, "an integer that fits a long", number);
        }
        return number.longValue();
    }

    /**
     * A number field of any kind as a double.
     *
     * @param field its name
     * @return its value
     * @throws PayloadException when it is missing, null or not a number
     */
    public double number(String field) {
        return require(field, "a number", Number.class).doubleValue();
    }

    /**
     * A flag, Avro's boolean.
     *
     * @param field its name
     * @return its value
     * @throws PayloadException when it is missing, null or not a boolean
     */
    public boolean flag(String field) {
        return require(field, "a flag", Boolean.class);
    }

    /**
     * A field of any type.
     *
     * @param field its name
     * @return its value; empty when it is missing or null
     */
    public Optional<Object> field(String field) {
        return value instanceof Map<?, ?> map ? Optional.ofNullable(map.get(field)) : Optional.empty();
    }

    /**
     * All fields.
     *
     * @return names and values, unmodifiable
     * @throws PayloadException when the payload is no record but a single value
     */
    public Map<String, Object> asMap() {
        if (!(value instanceof Map<?, ?> map)) {
            throw new PayloadException(
                    event + " payload: expected a record, found " + describe(value) + ". Read it with value()");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((name, field) -> fields.put(String.valueOf(name), field));
        return Collections.unmodifiableMap(fields);
    }

    /**
     * The payload as a record of Avro's own.
     *
     * @return a record of its own for each call
     * @throws PayloadException when the event was not read as Avro, or the payload is no record
     */
    public GenericRecord avro() {
        return avro.orElseThrow(() -> new PayloadException(
                        event + " payload: expected Avro, found an event of another format. Read it by field names"))
                .generic();
    }

    /** The whole payload as it was decoded; null only when null was sent. */
    public Object value() {
        return value;
    }

    private <T> T require(String field, String expected, Class<T> type) {
        Object found = field(field).orElse(null);
        if (!type.isInstance(found)) {
            throw mismatch(field, expected, found);
        }
        return type.cast(found);
    }

    private PayloadException mismatch(String field, String expected, Object found) {
        String has = value instanceof Map<?, ?> map ? "It has the fields " + map.keySet() : "It is no record";
        return new PayloadException(
                event + " payload." + field + ": expected " + expected + ", found " + describe(found) + ". " + has);
    }

    private static String describe(Object found) {
        return found == null ? "nothing" : found.getClass().getSimpleName();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && Objects.equals(payload.value, value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    /** The event's name only: what an event says stays out of logs. */
    @Override
    public String toString() {
        return "payload of " + event;
    }
}
