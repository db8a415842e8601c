package io.kaufmann.codec.avro;

import io.kaufmann.event.Payload;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.avro.generic.GenericContainer;

/** Values as a handler gives them: what they wrap, and how a message shows them. */
final class Values {

    private static final int MAX_SHOWN = 40;

    private Values() {}

    /** What an {@code Optional} holds, null for an empty one; the value of a {@link Payload} that is sent on. */
    static Object plain(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.orElse(null);
        }
        if (value instanceof Payload payload) {
            return payload.value();
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? optional.getAsInt() : null;
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? optional.getAsLong() : null;
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? optional.getAsDouble() : null;
        }
        return value;
    }

    /** The type of a value and, for a scalar, the value itself, cut. */
    static String shown(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof CharSequence text) {
            return "String \"" + cut(text) + '"';
        }
        if (value instanceof Number || value instanceof Boolean || value instanceof Enum<?>) {
            return value.getClass().getSimpleName() + ' ' + cut(value.toString());
        }
        if (value instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        if (value instanceof ByteBuffer bytes) {
            return bytes.remaining() + " bytes";
        }
        if (value instanceof GenericContainer container) {
            return "Avro " + cut(container.getSchema().getFullName());
        }
        if (value instanceof Map<?, ?>) {
            return "a map";
        }
        return value instanceof Collection<?> ? "a list" : value.getClass().getName();
    }

    /** Text that may come from anywhere, on one line and no longer than a message bears. */
    static String cut(CharSequence text) {
        return cut(text, MAX_SHOWN);
    }

    /** The same, with another length. */
    static String cut(CharSequence text, int max) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), max) + 3);
        for (int i = 0; i < text.length() && i < max; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.length() > max ? shown.append("...").toString() : shown.toString();
    }
}
