package io.kaufmann.event;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * What happened: the payload of an event, read by field or as an object of one's own type. Immutable and thread-safe.
 *
 * <pre>{@code
 * String city = payload.text("customer.address.city");
 * BigDecimal price = payload.decimal("items[0].price");
 * OrderPlaced order = payload.as(OrderPlaced.class);
 * }</pre>
 *
 * <p><b>Paths.</b> {@code a.b[0].c} is the field {@code c} of the first item in the list {@code b} of the record {@code a}.
 * A name that has a dot or a bracket stands in brackets and quotes: {@code a["b.c"]}; in there, a backslash takes a quote or
 * a backslash as it is. Entries of a map are read like fields. The empty path is the payload itself. A text that is no path
 * is an {@link IllegalArgumentException}.
 *
 * <p><b>Errors.</b> A reader asks for a field as the type it expects; one that is missing, null or of another type is a
 * {@link PayloadException} that says which event, where, what was expected and what was found. Text is never taken for a
 * number, nor a number with a fraction for an integer.
 */
public final class Payload {

    private static final String WHOLE = "";

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
     * A text.
     *
     * @param path where, such as {@code customer.name}
     * @return its value
     * @throws PayloadException when it is missing, null or not text
     */
    public String text(String path) {
        return read(path, Scalar.TEXT);
    }

    /**
     * An integer, Avro's int or long.
     *
     * @param path where, such as {@code items[0].quantity}
     * @return its value
     * @throws PayloadException when it is missing, null or not an integer that fits a long
     */
    public long integer(String path) {
        return read(path, Scalar.LONG);
    }

    /**
     * A number of any kind as a double, the nearest one when it has more digits; none that is greater than all doubles.
     *
     * @param path where, such as {@code items[0].weight}
     * @return its value
     * @throws PayloadException when it is missing, null or not a number
     */
    public double number(String path) {
        return read(path, Scalar.DOUBLE);
    }

    /**
     * A number of any kind as a decimal: Avro's decimal with its scale, a float or double as the shortest decimal that tells
     * it from its neighbours (0.1 is 0.1). Not a number in a text: that is {@code new BigDecimal(payload.text(path))}.
     *
     * @param path where, such as {@code items[0].price}
     * @return its value
     * @throws PayloadException when it is missing, null, not a number or not a finite one
     */
    public BigDecimal decimal(String path) {
        return read(path, Scalar.DECIMAL);
    }

    /**
     * A flag, Avro's boolean.
     *
     * @param path where, such as {@code customer.active}
     * @return its value
     * @throws PayloadException when it is missing, null or not a boolean
     */
    public boolean flag(String path) {
        return read(path, Scalar.FLAG);
    }

    /**
     * Bytes, Avro's bytes or fixed.
     *
     * @param path where, such as {@code document.signature}
     * @return a read-only view of its own for each call; keeping it may keep the whole record's bytes
     * @throws PayloadException when it is missing, null or not bytes; a text is no bytes, whatever it may encode
     */
    public ByteBuffer bytes(String path) {
        return read(path, Scalar.BYTES);
    }

    /**
     * A UUID, or a text in its standard form of 36 characters.
     *
     * @param path where, such as {@code customer.id}
     * @return its value
     * @throws PayloadException when it is missing, null or not a UUID
     */
    public UUID uuid(String path) {
        return read(path, Scalar.UNIQUE_ID);
    }

    /**
     * A point in time, Avro's timestamp-millis or timestamp-micros; or a text in ISO 8601 with a zone,
     * {@code 2018-01-01T12:00:00.123456Z}. A plain number is none: it does not tell its unit.
     *
     * @param path where, such as {@code placedAt}
     * @return its value
     * @throws PayloadException when it is missing, null or not a point in time
     */
    public Instant instant(String path) {
        return read(path, Scalar.INSTANT);
    }

    /**
     * A date, Avro's date; or a text in ISO 8601, {@code 2018-01-01}.
     *
     * @param path where, such as {@code customer.birthday}
     * @return its value
     * @throws PayloadException when it is missing, null or not a date
     */
    public LocalDate date(String path) {
        return read(path, Scalar.DATE);
    }

    /**
     * A list, Avro's array.
     *
     * @param path where, such as {@code items}
     * @return its items, unmodifiable; an item may be null
     * @throws PayloadException when it is missing, null or not a list
     */
    public List<Object> list(String path) {
        return Collections.unmodifiableList(new ArrayList<>(listAt(path)));
    }

    /**
     * A list of objects of one type, bound as by {@link #as(Class)}.
     *
     * @param path where, such as {@code items}
     * @param type the items' type
     * @param <T> the items' type
     * @return the objects, unmodifiable; an item may be null
     * @throws PayloadException when it is missing, null or not a list, or an item does not fit the type
     */
    public <T> List<T> list(String path, Class<T> type) {
        refuseAvro(type);
        return Binding.of(type).list(event, value, path, listAt(path));
    }

    /**
     * A nested record or a map.
     *
     * @param path where, such as {@code customer.address}
     * @return names and values, unmodifiable
     * @throws PayloadException when it is missing, null or neither record nor map
     */
    public Map<String, Object> map(String path) {
        if (!(PathSteps.find(value, path) instanceof Map<?, ?> map)) {
            throw mismatch(path, "record");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((name, field) -> fields.put(String.valueOf(name), field));
        return Collections.unmodifiableMap(fields);
    }

    /**
     * A field of any type.
     *
     * @param path where, such as {@code customer.nickname}
     * @return its value; empty when it is null or missing, or a record on the way to it is
     */
    public Optional<Object> field(String path) {
        return Optional.ofNullable(PathSteps.find(value, path));
    }

    /**
     * A field that may be missing, as an object of one type.
     *
     * @param path where, such as {@code customer.nickname}
     * @param type its type, as for {@link #as(String, Class)}
     * @param <T> its type
     * @return its value; empty when it is null or missing, or a record on the way to it is
     * @throws PayloadException when it is there and does not fit the type
     */
    public <T> Optional<T> find(String path, Class<T> type) {
        return field(path).map(found -> as(path, type));
    }

    /**
     * All fields.
     *
     * @return names and values, unmodifiable
     * @throws PayloadException when the payload is no record but a single value
     */
    public Map<String, Object> asMap() {
        return map(WHOLE);
    }

    /**
     * The payload as an object of one's own type.
     *
     * <ul>
     *   <li>A Java record or a class with setters, public fields or Jackson's annotations. A component {@code firstName} takes
     *       the field {@code firstName}, or else {@code first_name}. Fields that the type does not have are ignored, as a
     *       schema may grow; missing ones are null (empty for an {@code Optional}), but an error for a primitive.
     *   <li>Nothing is converted that would change, but that a number goes to the nearest float or double: no text to a
     *       number or number to a text, no fraction to an integer, no empty text to null, no
     *       number to an enum or a time. Decimals keep their scale, times their nanoseconds. Bytes may be {@code byte[]} or
     *       {@code ByteBuffer}, a point in time also {@code OffsetDateTime} or {@code ZonedDateTime} (of UTC) or {@code java.util.Date}, Avro's
     *       duration also {@code Duration} or {@code Period} if that can hold it; texts in ISO form may be times and UUIDs.
     *   <li>Subtypes are told apart by Jackson's annotations, by name and not by class name.
     *   <li>A class that Avro generated, or {@link GenericRecord}: see {@link #avro()}. These need an event that was read as
     *       Avro.
     * </ul>
     *
     * @param type the type
     * @param <T> the type
     * @return the object
     * @throws PayloadException when the payload does not fit the type, or is no Avro for a type of Avro's
     */
    public <T> T as(Class<T> type) {
        if (type == GenericRecord.class || type == IndexedRecord.class) {
            return type.cast(avro());
        }
        if (SpecificRecord.class.isAssignableFrom(type)) {
            return type.cast(form().specific(type.asSubclass(SpecificRecord.class)));
        }
        return as(WHOLE, type);
    }

    /**
     * A part of the payload as an object of one's own type, as {@link #as(Class)} does it for the whole.
     *
     * @param path where, such as {@code customer}
     * @param type the type; none of Avro's, which are for the whole payload
     * @param <T> the type
     * @return the object
     * @throws PayloadException when it is missing or null, or does not fit the type
     */
    public <T> T as(String path, Class<T> type) {
        refuseAvro(type);
        return Binding.of(type).one(event, value, path);
    }

    /**
     * The payload as a record of Avro's own.
     *
     * @return a record of its own for each call
     * @throws PayloadException when the event was not read as Avro, or the payload is no record
     */
    public GenericRecord avro() {
        return form().generic();
    }

    /** The whole payload as it was decoded; null only when null was sent. */
    public Object value() {
        return value;
    }

    private AvroForm form() {
        return avro.orElseThrow(() -> new PayloadException(
                event,
                WHOLE,
                "Avro",
                "an event of another format",
                ". Read it by field names, or as a record or class of your own",
                null));
    }

    private static void refuseAvro(Class<?> type) {
        if (IndexedRecord.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException(
                    type.getName() + " is a type of Avro's, and those are read of a whole payload: as(Class)");
        }
    }

    private <T> T read(String path, Scalar<T> scalar) {
        T read = scalar.read().apply(PathSteps.find(value, path));
        if (read == null) {
            throw mismatch(path, scalar.name());
        }
        return read;
    }

    private List<?> listAt(String path) {
        if (PathSteps.find(value, path) instanceof List<?> list) {
            return list;
        }
        throw mismatch(path, "list");
    }

    private PayloadException mismatch(String path, String expected) {
        return Trail.along(event, value, path).expected(expected);
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
