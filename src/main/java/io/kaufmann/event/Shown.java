package io.kaufmann.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Values as the message of an error shows them: scalars cut and escaped, everything else only described. */
final class Shown {

    private static final int MAX_TEXT = 40;
    private static final int MAX_NAMES = 20;
    private static final int MAX_BITS = 256;

    private Shown() {}

    static String value(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof CharSequence text) {
            return "String " + quoted(text);
        }
        if (value instanceof Map<?, ?> map) {
            return "a record with the fields " + names(map);
        }
        if (value instanceof Collection<?> list) {
            return "a list of " + list.size();
        }
        if (value instanceof ByteBuffer bytes) {
            return bytes.remaining() + " bytes";
        }
        if (value instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        return scalar(value);
    }

    private static String scalar(Object value) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        int bits = bits(value);
        if (bits > MAX_BITS) {
            return type.getSimpleName() + " of " + bits + " bits";
        }
        boolean shown = value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum<?>
                || value instanceof UUID
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount;
        return shown ? type.getSimpleName() + ' ' + escaped(value.toString(), MAX_TEXT) : type.getName();
    }

    // A number of a million digits takes long to print.
    private static int bits(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.unscaledValue().bitLength();
        }
        return value instanceof BigInteger integer ? integer.bitLength() : 0;
    }

    private static String names(Map<?, ?> map) {
        String more = map.size() > MAX_NAMES ? ", ... and " + (map.size() - MAX_NAMES) + " more" : "";
        return map.keySet().stream()
                .limit(MAX_NAMES)
                .map(name -> escaped(String.valueOf(name), MAX_TEXT))
                .collect(Collectors.joining(", ", "[", more + "]"));
    }

    /** In quotes, with the quotes and backslashes in it escaped, and cut after 40 characters. */
    static String quoted(CharSequence text) {
        return '"' + escaped(text, MAX_TEXT) + '"';
    }

    /** On one line, cut after so many characters; what is not printable or would break out of quotes is escaped. */
    static String escaped(CharSequence text, int max) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), max) + 3);
        int at = 0;
        while (at < text.length() && at < max) {
            int c = Character.codePointAt(text, at);
            at += Character.charCount(c);
            if (c == '"' || c == '\\') {
                shown.append('\\').append((char) c);
            } else if (isPrintable(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u%04x", c));
            }
        }
        return at < text.length() ? shown.append("...").toString() : shown.toString();
    }

    // Format characters can turn a line's direction; lone surrogates are no text.
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
