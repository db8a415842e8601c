package io.kaufmann.codec.avro;

import io.kaufmann.event.Payload;
import java.nio.ByteBuffer;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.BaseStream;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.IndexedRecord;

/** Values as a handler gives them: what they wrap, and how a message shows them. */
final class Values {

    private static final int MAX_SHOWN = 40;
    private static final int MAX_WRAPPINGS = 8;

    private Values() {}

    /**
     * What an {@code Optional} holds, null for an empty one; the value of a {@link Payload} that is sent on; what a class
     * marks with {@code @JsonValue}.
     */
    static Object plain(Object value) {
        Object plain = value;
        for (int i = 0; i < MAX_WRAPPINGS && !isPlain(plain); i++) {
            Object inner = unwrapped(plain);
            if (inner == plain) {
                return plain;
            }
            plain = inner;
        }
        return plain;
    }

    /** What most values are, told quickly. */
    private static boolean isPlain(Object value) {
        return value == null
                || value instanceof String
                || value instanceof Number
                || value instanceof Map
                || value instanceof Collection
                || value instanceof Boolean
                || value instanceof IndexedRecord;
    }

    private static Object unwrapped(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.orElse(null);
        }
        if (value instanceof Payload payload) {
            return payload.value();
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? (Integer) optional.getAsInt() : null;
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? (Long) optional.getAsLong() : null;
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? (Double) optional.getAsDouble() : null;
        }
        BeanType type = BeanType.of(value.getClass());
        return type == null || type.value().isEmpty()
                ? value
                : type.value().get().raw(value);
    }

    /** The type of a value and, for a scalar, the value itself, cut. */
    static String shown(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof CharSequence text) {
            return "String \"" + cut(text) + '"';
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
        if (value instanceof BaseStream<?, ?>) {
            return "a stream, which can be read only once: collect it";
        }
        return isScalar(value) ? value.getClass().getSimpleName() + ' ' + cut(value.toString()) : kind(value);
    }

    private static boolean isScalar(Object value) {
        return value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof UUID
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount;
    }

    private static String kind(Object value) {
        boolean list = value instanceof Collection<?> || value.getClass().isArray();
        return list ? "a list" : value.getClass().getName();
    }

    /** Text that may come from anywhere, on one line and no longer than a message bears. */
    static String cut(CharSequence text) {
        return cut(text, MAX_SHOWN);
    }

    /** The same, with another length. */
    static String cut(CharSequence text, int max) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), max) + 3);
        int i = 0;
        while (i < text.length() && i < max) {
            int c = Character.codePointAt(text, i);
            shown.appendCodePoint(isShown(c) ? c : '?');
            i += Character.charCount(c);
        }
        return text.length() > i ? shown.append("...").toString() : shown.toString();
    }

    /** Not what ends a line, turns its direction or is half a character. */
    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
