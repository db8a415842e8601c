package io.kaufmann.codec.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where metadata and payload stand in an event's JSON object, as in KaufmannEx.
 *
 * <p>{@code meta} is metadata when it is an object or null. Then {@code payload}, if it is there, is the payload, and what
 * else stands beside them is ignored; if not, the other keys are the payload. {@code metadata} counts only beside
 * {@code payload}: alone it is too common a name in payloads. Whatever has neither is all payload, also an object with
 * {@code payload} alone.
 */
final class Envelope {

    static final String META = "meta";
    static final String METADATA = "metadata";
    static final String PAYLOAD = "payload";

    private Envelope() {}

    /** The metadata's fields; empty when there are none, or they are null. */
    @SuppressWarnings("unchecked") // The keys of JSON objects are always text.
    static Optional<Map<String, Object>> meta(Map<String, Object> root) {
        return metaKey(root).map(key -> (Map<String, Object>) root.get(key));
    }

    static Object payload(Map<String, Object> root) {
        Optional<String> meta = metaKey(root);
        if (meta.isEmpty()) {
            return root;
        }
        if (root.containsKey(PAYLOAD)) {
            return root.get(PAYLOAD);
        }
        Map<String, Object> payload = new LinkedHashMap<>(root);
        payload.remove(meta.get());
        return Collections.unmodifiableMap(payload);
    }

    private static Optional<String> metaKey(Map<String, Object> root) {
        if (isMeta(root, META)) {
            return Optional.of(META);
        }
        return isMeta(root, METADATA) && root.containsKey(PAYLOAD) ? Optional.of(METADATA) : Optional.empty();
    }

    /** A text or number of this name is a payload's own. */
    private static boolean isMeta(Map<String, Object> root, String key) {
        Object value = root.get(key);
        return value instanceof Map || (value == null && root.containsKey(key));
    }

    /**
     * The object to write.
     *
     * @param meta the metadata; without fields when there is none
     * @param payload the payload's fields
     */
    static Map<String, Object> beside(Map<String, Object> meta, Map<?, ?> payload) {
        if (payload.containsKey(META) || payload.containsKey(PAYLOAD)) {
            return apart(meta, payload);
        }
        Map<String, Object> root = new LinkedHashMap<>();
        if (!meta.isEmpty()) {
            root.put(META, meta);
        }
        payload.forEach((key, value) -> root.put(String.valueOf(key), value));
        return root;
    }

    /** The same for a payload that is no object, or one whose keys would be taken for others. */
    static Map<String, Object> apart(Map<String, Object> meta, Object payload) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put(META, meta.isEmpty() ? null : meta);
        root.put(PAYLOAD, payload);
        return root;
    }
}
