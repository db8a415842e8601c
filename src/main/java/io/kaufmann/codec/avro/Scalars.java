package io.kaufmann.codec.avro;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;

/** The writers of values that have no parts. */
final class Scalars {

    static final ValueWriter BOOLEAN = new ScalarWriter<Boolean>(
            "boolean", value -> value instanceof Boolean flag ? flag : null, Output::writeBoolean);

    static final ValueWriter INT = new ScalarWriter<Integer>(
            "int", Numbers::toInt, Output::writeLong, value -> Numbers.isSmall(value) ? 0 : 1);

    static final ValueWriter LONG =
            new ScalarWriter<Long>("long", Numbers::toLong, Output::writeLong, value -> Numbers.isSmall(value) ? 1 : 0);

    static final ValueWriter FLOAT =
            new ScalarWriter<>("float", Numbers::toFloat, Output::writeFloat, value -> value instanceof Float ? 0 : 3);

    static final ValueWriter DOUBLE = new ScalarWriter<>(
            "double", Numbers::toDouble, Output::writeDouble, value -> value instanceof Double ? 0 : 2);

    static final ValueWriter STRING = new ScalarWriter<>(
            "string", value -> value instanceof CharSequence text ? text : null, Output::writeString);

    static final ValueWriter BYTES = new ScalarWriter<>("bytes", Scalars::bytes, Output::writeBytes);

    private Scalars() {}

    static ValueWriter fixed(Schema schema) {
        int size = schema.getFixedSize();
        return new ScalarWriter<>(
                "fixed " + schema.getFullName() + " of " + size + " bytes",
                value -> {
                    ByteBuffer bytes = bytes(value);
                    return bytes != null && bytes.remaining() == size ? bytes : null;
                },
                Output::writeFixed);
    }

    static ValueWriter symbols(Schema schema) {
        Map<String, Integer> indexes = new HashMap<>();
        schema.getEnumSymbols().forEach(symbol -> indexes.put(symbol, indexes.size()));
        return new ScalarWriter<Integer>(
                "one of " + schema.getEnumSymbols(),
                value -> indexes.get(symbol(value)),
                Output::writeLong,
                value -> value instanceof CharSequence ? 1 : 0);
    }

    private static String symbol(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return value instanceof CharSequence || value instanceof GenericEnumSymbol<?> ? value.toString() : null;
    }

    private static ByteBuffer bytes(Object value) {
        if (value instanceof byte[] array) {
            return ByteBuffer.wrap(array);
        }
        if (value instanceof GenericFixed fixed) {
            return ByteBuffer.wrap(fixed.bytes());
        }
        return value instanceof ByteBuffer buffer ? buffer : null;
    }
}
