package io.kaufmann.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The metadata of an event: the fields of KaufmannEx's record {@code seven.cloud.services.event_metadata}, and any others
 * that a team's own schema adds. Immutable and thread-safe.
 *
 * <p>A field that is absent or null is empty here; a {@code Meta} without any field is what an event without metadata has.
 */
public final class Meta {

    private static final Meta EMPTY = new Meta(Map.of());
    private static final DateTimeFormatter READ = DateTimeFormatter.ISO_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final int DATE = "2018-01-01".length();

    private static final String MESSAGE_ID = "message_id";
    private static final String EMITTER_SERVICE = "emitter_service";
    private static final String EMITTER_SERVICE_ID = "emitter_service_id";
    private static final String CALLBACK_ID = "callback_id";
    private static final String MESSAGE_NAME = "message_name";
    private static final String TIMESTAMP = "timestamp";
    private static final String CALLBACK_TOPIC = "callback_topic";
    private static final String NEXT_CALLBACK_TOPIC = "next_callback_topic";

    private final Map<String, Object> fields;

    private Meta(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** No metadata. */
    public static Meta empty() {
        return EMPTY;
    }

    /**
     * Metadata from its fields as they stand on the wire.
     *
     * @param fields names of the wire ({@code message_id}, ...) and their values; a callback topic is a map with
     *     {@code topic} and {@code partition}
     * @return the metadata, with a copy of the fields
     */
    public static Meta of(Map<String, ?> fields) {
        return fields.isEmpty() ? EMPTY : new Meta(Collections.unmodifiableMap(new LinkedHashMap<>(fields)));
    }

    /**
     * Metadata over fields that were read from the wire, without a copy: for transcoders, since each event passes there.
     *
     * @param fields as in {@link #of}; a map that nobody changes any more
     * @return the metadata
     */
    public static Meta over(Map<String, Object> fields) {
        return fields.isEmpty() ? EMPTY : new Meta(Collections.unmodifiableMap(fields));
    }

    /** A builder without any field. */
    public static Builder builder() {
        return new Builder(Map.of());
    }

    /** A builder with this metadata's fields. */
    public Builder toBuilder() {
        return new Builder(fields);
    }

    /** The id of this message. */
    public Optional<String> messageId() {
        return text(MESSAGE_ID);
    }

    /** The name of the service that sent it. */
    public Optional<String> emitterService() {
        return text(EMITTER_SERVICE);
    }

    /** Which instance of that service sent it. */
    public Optional<String> emitterServiceId() {
        return text(EMITTER_SERVICE_ID);
    }

    /** What an answer must carry, so that whoever waits for it knows it. */
    public Optional<String> callbackId() {
        return text(CALLBACK_ID);
    }

    /** The event's name, as its sender wrote it here. */
    public Optional<String> messageName() {
        return text(MESSAGE_NAME);
    }

    /** When it was sent; empty also when {@link #timestampText()} is neither KaufmannEx's form nor ISO 8601. */
    public Optional<Instant> timestamp() {
        return timestampText().flatMap(Meta::parse);
    }

    /** When it was sent, as it was written. */
    public Optional<String> timestampText() {
        return text(TIMESTAMP);
    }

    /** Where an answer is awaited. */
    public Optional<CallbackTopic> callbackTopic() {
        return topic(CALLBACK_TOPIC);
    }

    /** What the answer's own {@code callback_topic} is to be. */
    public Optional<CallbackTopic> nextCallbackTopic() {
        return topic(NEXT_CALLBACK_TOPIC);
    }

    /**
     * A field by its name on the wire, standard or not.
     *
     * @param name the name, such as {@code tenant}
     * @return its value, empty when absent or null
     */
    public Optional<Object> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** All fields by their names on the wire, unmodifiable, in their written order; values may be null. */
    public Map<String, Object> fields() {
        return fields;
    }

    /** Whether there is no field at all. */
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    private Optional<String> text(String name) {
        Object value = fields.get(name);
        return value == null ? Optional.empty() : Optional.of(value.toString());
    }

    private Optional<CallbackTopic> topic(String name) {
        if (!(fields.get(name) instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Object topic = map.get("topic");
        OptionalInt partition =
                map.get("partition") instanceof Number number ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
        return Optional.of(new CallbackTopic(Optional.ofNullable(topic).map(Object::toString), partition));
    }

    /** Reads ISO 8601, and KaufmannEx's form, which has a space for the T. A time that names no zone is in UTC. */
    private static Optional<Instant> parse(String text) {
        boolean spaced = text.length() > DATE && text.charAt(DATE) == ' ';
        String iso = spaced ? text.substring(0, DATE) + 'T' + text.substring(DATE + 1) : text;
        try {
            return Optional.of(Instant.from(READ.parse(iso)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Meta meta && meta.fields.equals(fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }

    /** Builds a {@link Meta}. Not thread-safe. */
    public static final class Builder {

        private Map<String, Object> fields;
        // Whether they are a built Meta's too by now.
        private boolean shared;

        private Builder(Map<String, Object> fields) {
            this.fields = new LinkedHashMap<>(fields);
        }

        /**
         * Sets {@code message_id}.
         *
         * @param id the id
         * @return this
         */
        public Builder messageId(String id) {
            return field(MESSAGE_ID, id);
        }

        /**
         * Sets {@code emitter_service} and {@code emitter_service_id}.
         *
         * @param service the service's name
         * @param instance which instance of it
         * @return this
         */
        public Builder emitter(String service, String instance) {
            return field(EMITTER_SERVICE, service).field(EMITTER_SERVICE_ID, instance);
        }

        /**
         * Sets {@code callback_id}.
         *
         * @param id the id, empty for null
         * @return this
         */
        public Builder callbackId(Optional<String> id) {
            return field(CALLBACK_ID, id.orElse(null));
        }

        /**
         * Sets {@code message_name}.
         *
         * @param name the event's name
         * @return this
         */
        public Builder messageName(String name) {
            return field(MESSAGE_NAME, name);
        }

        /**
         * Sets {@code timestamp}, written in UTC with microseconds: {@code 2018-01-01 12:00:00.123456Z}.
         *
         * @param time the time
         * @return this
         */
        public Builder timestamp(Instant time) {
            return field(TIMESTAMP, WrittenTime.of(time));
        }

        /**
         * Sets {@code callback_topic}.
         *
         * @param topic the topic, empty for null
         * @return this
         */
        public Builder callbackTopic(Optional<CallbackTopic> topic) {
            return field(CALLBACK_TOPIC, topic.map(Builder::wire).orElse(null));
        }

        private static Map<String, Object> wire(CallbackTopic topic) {
            Map<String, Object> wire = new LinkedHashMap<>();
            wire.put("topic", topic.topic().orElse(null));
            wire.put(
                    "partition",
                    topic.partition().isPresent() ? topic.partition().getAsInt() : null);
            return Collections.unmodifiableMap(wire);
        }

        /**
         * Sets any field by its name on the wire.
         *
         * @param name the name
         * @param value the value, may be null
         * @return this
         */
        public Builder field(String name, Object value) {
            if (shared) {
                fields = new LinkedHashMap<>(fields);
                shared = false;
            }
            fields.put(name, value);
            return this;
        }

        /** The metadata. */
        public Meta build() {
            shared = true;
            return Meta.over(fields);
        }
    }
}
