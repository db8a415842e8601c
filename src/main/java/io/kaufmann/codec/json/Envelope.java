package io.kaufmann.codec.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
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
    static final String PAYLOAD = "payload";

    private static final String METADATA = "metadata";
    private static final byte[] META_KEY = "\"meta\"".getBytes(US_ASCII);
    private static final byte[] PAYLOAD_KEY = "\"payload\"".getBytes(US_ASCII);
    private static final byte[] META_HEAD = "{\"meta\":".getBytes(US_ASCII);
    private static final byte[] PAYLOAD_HEAD = ",\"payload\":".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final byte[] COMMA = {','};
    private static final byte[] END = {'}'};
    private static final byte[] NOTHING = {};

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
     * An event's text: metadata beside the payload's keys, or apart where that would be read as another event.
     *
     * @param meta the text of the metadata's fields; empty when there are none
     * @param payload the payload's text
     * @param factory reads the payload's keys
     */
    static byte[] join(Optional<byte[]> meta, byte[] payload, JsonFactory factory) {
        if (payload[0] != '{' || hasKeyOfOurs(payload, factory)) {
            return concat(META_HEAD, meta.orElse(NULL), PAYLOAD_HEAD, payload, END);
        }
        if (meta.isEmpty()) {
            return payload;
        }
        byte[] keys = Arrays.copyOfRange(payload, 1, payload.length);
        return concat(META_HEAD, meta.get(), keys[0] == '}' ? NOTHING : COMMA, keys);
    }

    private static byte[] concat(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static boolean hasKeyOfOurs(byte[] payload, JsonFactory factory) {
        return (contains(payload, META_KEY) || contains(payload, PAYLOAD_KEY)) && hasKeyAtTop(payload, factory);
    }

    /** Whether some text in there is the key's, wherever it stands: seldom, and much quicker than to parse. */
    private static boolean contains(byte[] text, byte[] key) {
        for (int at = 0; at <= text.length - key.length; at++) {
            if (text[at] == '"' && Arrays.equals(text, at, at + key.length, key, 0, key.length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasKeyAtTop(byte[] payload, JsonFactory factory) {
        try (JsonParser parser = factory.createParser(payload)) {
            parser.nextToken();
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                if (key.equals(META) || key.equals(PAYLOAD)) {
                    return true;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
