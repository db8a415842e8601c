package io.kaufmann.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;

/**
 * Decoded values as the tokens that Jackson binds. No text is made of anything: numbers go as they are, and times, UUIDs and
 * bytes as objects. For one thread.
 */
final class Tokens {

    /** Deeper than any sender nests, and no danger to a thread's stack. */
    private static final int MAX_DEPTH = 256;

    /** Fields that stand there by two names are written twice; in each other, they would double at each level. */
    private static final int MAX_REPEATED = 10_000;

    private final TokenBuffer buffer;
    private int repeating;
    private int repeated;

    private Tokens(TokenBuffer buffer) {
        this.buffer = buffer;
    }

    /** The tokens of a value, to be read from the first one on. */
    static JsonParser of(Object value) throws IOException {
        try (TokenBuffer buffer = new TokenBuffer(null, false)) {
            new Tokens(buffer).write(value, 0);
            return buffer.asParser();
        }
    }

    private void write(Object value, int depth) throws IOException {
        if (repeating > 0 && ++repeated > MAX_REPEATED) {
            throw new StreamConstraintsException("More than " + MAX_REPEATED + " values stand there by two names");
        }
        if (value instanceof CharSequence text) {
            buffer.writeString(text.toString());
        } else if (value instanceof Number number) {
            write(number);
        } else if (value instanceof Map<?, ?> map) {
            write(map, inner(depth));
        } else if (value instanceof Collection<?> list) {
            write(list, inner(depth));
        } else if (value == null) {
            buffer.writeNull();
        } else if (value instanceof Boolean flag) {
            buffer.writeBoolean(flag);
        } else {
            buffer.writeEmbeddedObject(embedded(value));
        }
    }

    private static int inner(int depth) throws StreamConstraintsException {
        if (depth == MAX_DEPTH) {
            throw new StreamConstraintsException("It is nested deeper than " + MAX_DEPTH + " levels");
        }
        return depth + 1;
    }

    private void write(Map<?, ?> map, int depth) throws IOException {
        Map<String, String> twins = SnakeNames.twins(map);
        buffer.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (!twins.containsKey(name)) {
                write(name, entry.getValue(), depth);
            }
            if (twins.containsValue(name)) {
                writeTwins(name, twins, map, depth);
            }
        }
        buffer.writeEndObject();
    }

    // A constructor takes the first of several, a setter the last: for both it is the exact name.
    private void writeTwins(String exact, Map<String, String> twins, Map<?, ?> map, int depth) throws IOException {
        for (Map.Entry<String, String> twin : twins.entrySet()) {
            if (twin.getValue().equals(exact)) {
                write(twin.getKey(), map.get(twin.getKey()), depth);
            }
        }
        repeating++;
        write(exact, map.get(exact), depth);
        repeating--;
    }

    private void write(String name, Object value, int depth) throws IOException {
        buffer.writeFieldName(name);
        write(value, depth);
    }

    private void write(Collection<?> list, int depth) throws IOException {
        buffer.writeStartArray();
        for (Object item : list) {
            write(item, depth);
        }
        buffer.writeEndArray();
    }

    private void write(Number number) throws IOException {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            buffer.writeNumber(number.intValue());
        } else if (number instanceof Long whole) {
            buffer.writeNumber(whole);
        } else if (number instanceof Double fraction) {
            buffer.writeNumber(fraction);
        } else if (number instanceof Float fraction) {
            buffer.writeNumber(fraction);
        } else if (number instanceof BigDecimal decimal) {
            buffer.writeNumber(decimal);
        } else if (number instanceof BigInteger integer) {
            buffer.writeNumber(integer);
        } else {
            buffer.writeEmbeddedObject(number);
        }
    }

    // A view of its own: who reads it moves its position.
    private static Object embedded(Object value) {
        return value instanceof ByteBuffer bytes ? bytes.asReadOnlyBuffer() : value;
    }
}
