package io.kaufmann.publish;

import io.kaufmann.event.CallbackTopic;
import io.kaufmann.event.EventName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * An event to be sent: its name and payload, and as far as it matters where and how. Immutable; each method that sets
 * something returns a changed copy. Thread-safe as far as the payload is.
 *
 * <pre>{@code
 * Publication.of("event.user.created", Map.of("email", "ada@example.org")).key("42").to(Target.callback())
 * }</pre>
 */
public final class Publication {

    private final EventName name;
    private final Object payload;
    private final List<Target> targets;
    private final String format;
    private final List<Header> headers;
    private final String callbackId;
    private final CallbackTopic callbackTopic;
    private final Map<String, Object> meta;

    private Publication(
            EventName name,
            Object payload,
            List<Target> targets,
            String format,
            List<Header> headers,
            String callbackId,
            CallbackTopic callbackTopic,
            Map<String, Object> meta) {
        this.name = name;
        this.payload = payload;
        this.targets = targets;
        this.format = format;
        this.headers = headers;
        this.callbackId = callbackId;
        this.callbackTopic = callbackTopic;
        this.meta = meta;
    }

    /**
     * An event with a payload, to where the topic strategy says: as a rule the default topic.
     *
     * @param name the event's name, with an ordering key after {@code #} if it has one
     * @param payload what happened: as a rule a map of field names
     * @return the publication
     */
    public static Publication of(String name, Object payload) {
        EventName eventName = EventName.of(name);
        if (eventName.base().isBlank()) {
            throw new IllegalArgumentException("A publication needs an event name, such as event.user.created");
        }
        return new Publication(eventName, payload, List.of(), null, List.of(), null, null, Map.of());
    }

    /**
     * With an ordering key: events of one key keep their order. The record's key becomes {@code name#key}.
     *
     * @param orderingKey the key, such as a user's id
     * @return a changed copy
     */
    public Publication key(String orderingKey) {
        EventName keyed = EventName.of(name.base() + '#' + Objects.requireNonNull(orderingKey, "orderingKey"));
        return new Publication(keyed, payload, targets, format, headers, callbackId, callbackTopic, meta);
    }

    /**
     * With an ordering key if there is one: that of the event that is answered, for example.
     *
     * @param orderingKey the key; empty changes nothing
     * @return a changed copy
     */
    public Publication keyIfAny(Optional<String> orderingKey) {
        return orderingKey.map(this::key).orElse(this);
    }

    /**
     * With these targets in place of what the topic strategy says: one record for each.
     *
     * @param targets where to, at least one
     * @return a changed copy
     */
    public Publication to(Target... targets) {
        if (targets.length == 0) {
            throw new IllegalArgumentException("Name a target, or leave to() out for the default one");
        }
        return new Publication(name, payload, List.of(targets), format, headers, callbackId, callbackTopic, meta);
    }

    /**
     * To a topic by its name.
     *
     * @param topic the topic
     * @return a changed copy
     */
    public Publication to(String topic) {
        return to(Target.topic(topic));
    }

    /**
     * Encoded by a transcoder other than the first.
     *
     * @param format the transcoder's name
     * @return a changed copy
     */
    public Publication format(String format) {
        return new Publication(
                name, payload, targets, Objects.requireNonNull(format), headers, callbackId, callbackTopic, meta);
    }

    /**
     * With one more record header.
     *
     * @param key its key
     * @param value its value, in UTF-8
     * @return a changed copy
     */
    public Publication header(String key, String value) {
        return header(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * With one more record header.
     *
     * @param key its key
     * @param value its value
     * @return a changed copy
     */
    public Publication header(String key, byte[] value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new RecordHeader(key, value.clone()));
        return new Publication(name, payload, targets, format, List.copyOf(more), callbackId, callbackTopic, meta);
    }

    /**
     * With a callback id in place of the one that a reply takes from its cause.
     *
     * @param id what the answer is to carry
     * @return a changed copy
     */
    public Publication callbackId(String id) {
        return new Publication(
                name, payload, targets, format, headers, Objects.requireNonNull(id), callbackTopic, meta);
    }

    /**
     * Asks for the answer on a topic.
     *
     * @param topic where the answer is awaited
     * @return a changed copy
     */
    public Publication callbackTopic(CallbackTopic topic) {
        return new Publication(
                name, payload, targets, format, headers, callbackId, Objects.requireNonNull(topic), meta);
    }

    /**
     * With a further metadata field, which the metadata schema must know.
     *
     * @param field its name on the wire
     * @param value its value, may be null
     * @return a changed copy
     */
    public Publication meta(String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(meta);
        more.put(Objects.requireNonNull(field, "field"), value);
        return new Publication(
                name, payload, targets, format, headers, callbackId, callbackTopic, Collections.unmodifiableMap(more));
    }

    /** The event's name, with the ordering key if it has one. */
    public EventName name() {
        return name;
    }

    /** The payload as it was given. */
    public Object payload() {
        return payload;
    }

    /** The stated targets; empty leaves it to the topic strategy. */
    public List<Target> targets() {
        return targets;
    }

    /** The name of the transcoder; empty for the first. */
    public Optional<String> format() {
        return Optional.ofNullable(format);
    }

    /** The record headers. */
    public List<Header> headers() {
        return headers;
    }

    /** The stated callback id. */
    public Optional<String> callbackId() {
        return Optional.ofNullable(callbackId);
    }

    /** Where the answer is awaited, if that is stated. */
    public Optional<CallbackTopic> callbackTopic() {
        return Optional.ofNullable(callbackTopic);
    }

    /** The further metadata fields by their names on the wire; values may be null. */
    public Map<String, Object> meta() {
        return meta;
    }

    /** Name and targets only: what an event says stays out of logs. */
    @Override
    public String toString() {
        return name.printable() + (targets.isEmpty() ? "" : " to " + targets);
    }
}
