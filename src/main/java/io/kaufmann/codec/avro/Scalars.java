package io.kaufmann.codec.avro;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
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
            "string", Scalars::text, Output::writeString, value -> value instanceof CharSequence ? 0 : 2);

    static final ValueWriter BYTES = new ScalarWriter<>(
            "bytes", Scalars::bytes, Output::writeBytes, value -> value instanceof GenericFixed ? 3 : 0);

    private Scalars() {}

    static ValueWriter fixed(Schema schema) {
        int size = schema.getFixedSize();
        String name = schema.getFullName();
        return new ScalarWriter<>(
                "fixed " + name + " of " + size + " bytes",
                value -> {
                    ByteBuffer bytes = bytes(value);
                    return bytes != null && bytes.remaining() == size ? bytes : null;
                },
                Output::writeFixed,
                value -> value instanceof GenericFixed fixed && !isOf(fixed, name) ? 2 : 0);
    }

    private static boolean isOf(GenericContainer value, String name) {
        return value.getSchema().getFullName().equals(name);
    }

    static ValueWriter symbols(Schema schema) {
        Map<String, Integer> indexes = new HashMap<>();
        schema.getEnumSymbols().forEach(symbol -> indexes.put(symbol, indexes.size()));
        return new ScalarWriter<Integer>(
                "enum " + schema.getFullName() + ' '
                        + Values.cut(schema.getEnumSymbols().toString(), 200),
                value -> index(value, indexes),
                Output::writeLong,
                value -> isOf(value, schema) ? 0 : 1);
    }

    /** Whether an enum's constant or symbol is one of this very type: of several that have it, that one is meant. */
    private static boolean isOf(Object value, Schema schema) {
        if (value instanceof GenericEnumSymbol<?> symbol) {
            return isOf(symbol, schema.getFullName());
        }
        return value instanceof Enum<?> constant
                && constant.getDeclaringClass().getSimpleName().equals(schema.getName());
    }

    private static Integer index(Object value, Map<String, Integer> indexes) {
        if (value instanceof Enum<?> constant) {
            Integer index = indexes.get(EnumTexts.of(constant));
            return index == null ? indexes.get(constant.name()) : index;
        }
        boolean text = value instanceof CharSequence || value instanceof GenericEnumSymbol<?>;
        return text ? indexes.get(value.toString()) : null;
    }

    /** Text, and what has one text that its reader makes the same value of. */
    private static CharSequence text(Object value) {
        if (value instanceof CharSequence text) {
            return text;
        }
        if (value instanceof Enum<?> constant) {
            return EnumTexts.of(constant);
        }
        return value instanceof UUID || value instanceof Character || value instanceof URI ? value.toString() : null;
    }

    static ByteBuffer bytes(Object value) {
        if (value instanceof byte[] array) {
            return ByteBuffer.wrap(array);
        }
        if (value instanceof GenericFixed fixed) {
            return ByteBuffer.wrap(fixed.bytes());
        }
        return value instanceof ByteBuffer buffer ? buffer : null;
    }
}
