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
 * bytes as objects.
 */
final class Tokens {

    /** Deeper than any sender nests, and no danger to a thread's stack. */
    private static final int MAX_DEPTH = 256;

    private Tokens() {}

    /** The tokens of a value, to be read from the first one on. */
    static JsonParser of(Object value) throws IOException {
        try (TokenBuffer tokens = new TokenBuffer(null, false)) {
            write(value, tokens, 0);
            return tokens.asParser();
        }
    }

    private static void write(Object value, TokenBuffer tokens, int depth) throws IOException {
        if (value instanceof CharSequence text) {
            tokens.writeString(text.toString());
        } else if (value instanceof Number number) {
            write(number, tokens);
        } else if (value instanceof Map<?, ?> map) {
            write(map, tokens, inner(depth));
        } else if (value instanceof Collection<?> list) {
            write(list, tokens, inner(depth));
        } else if (value == null) {
            tokens.writeNull();
        } else if (value instanceof Boolean flag) {
            tokens.writeBoolean(flag);
        } else {
            tokens.writeEmbeddedObject(embedded(value));
        }
    }

    private static void write(Map<?, ?> map, TokenBuffer tokens, int depth) throws IOException {
        tokens.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            tokens.writeFieldName(String.valueOf(entry.getKey()));
            write(entry.getValue(), tokens, depth);
        }
        tokens.writeEndObject();
    }

    private static void write(Collection<?> list, TokenBuffer tokens, int depth) throws IOException {
        tokens.writeStartArray();
        for (Object item : list) {
            write(item, tokens, depth);
        }
        tokens.writeEndArray();
    }

    private static void write(Number number, TokenBuffer tokens) throws IOException {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            tokens.writeNumber(number.intValue());
        } else if (number instanceof Long whole) {
            tokens.writeNumber(whole);
        } else if (number instanceof Double fraction) {
            tokens.writeNumber(fraction);
        } else if (number instanceof Float fraction) {
            tokens.writeNumber(fraction);
        } else if (number instanceof BigDecimal decimal) {
            tokens.writeNumber(decimal);
        } else if (number instanceof BigInteger integer) {
            tokens.writeNumber(integer);
        } else {
            tokens.writeEmbeddedObject(number);
        }
    }

    // A view of its own: who reads it moves its position.
    private static Object embedded(Object value) {
        return value instanceof ByteBuffer bytes ? bytes.asReadOnlyBuffer() : value;
    }

    private static int inner(int depth) throws StreamConstraintsException {
        if (depth == MAX_DEPTH) {
            throw new StreamConstraintsException("It is nested deeper than " + MAX_DEPTH + " levels");
        }
        return depth + 1;
    }
}
