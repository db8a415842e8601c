package io.kaufmann.codec.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.kaufmann.event.Payload;
import java.io.IOException;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;

/** How the values of events are written that Jackson does not know, or writes as what no reader takes for a number. */
final class EventModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    EventModule() {
        super("kaufmann");
        add(Payload.class, (payload, out, context) -> context.defaultSerializeValue(payload.value(), out));
        add(IndexedRecord.class, AvroJson::write);
        add(GenericFixed.class, (fixed, out, context) -> out.writeBinary(fixed.bytes()));
        add(Utf8.class, (text, out, context) -> out.writeString(text.toString()));
        addNumbers();
    }

    private void addNumbers() {
        Write<Double> writeDouble = (number, out, context) -> out.writeNumber(finite(number, out));
        Write<Float> writeFloat = (number, out, context) -> {
            finite(number, out);
            out.writeNumber(number);
        };
        add(Double.class, writeDouble);
        add(double.class, writeDouble);
        add(Float.class, writeFloat);
        add(float.class, writeFloat);
        add(double[].class, (numbers, out, context) -> {
            out.writeStartArray(numbers, numbers.length);
            for (double number : numbers) {
                writeDouble.write(number, out, context);
            }
            out.writeEndArray();
        });
        add(float[].class, (numbers, out, context) -> {
            out.writeStartArray(numbers, numbers.length);
            for (float number : numbers) {
                writeFloat.write(number, out, context);
            }
            out.writeEndArray();
        });
    }

    private static double finite(double number, JsonGenerator out) throws IOException {
        if (!Double.isFinite(number)) {
            throw JsonMappingException.from(out, "expected a number, found " + number + ", which JSON does not have");
        }
        return number;
    }

    private <T> void add(Class<T> type, Write<? super T> write) {
        addSerializer(type, new WriteSerializer<>(type, write));
    }

    /** Writes a value. */
    @FunctionalInterface
    private interface Write<T> {
        void write(T value, JsonGenerator out, SerializerProvider context) throws IOException;
    }

    /** A {@link Write} as Jackson wants it. */
    private static final class WriteSerializer<T> extends StdSerializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Write<? super T> write;

        WriteSerializer(Class<T> type, Write<? super T> write) {
            super(type);
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider context) throws IOException {
            write.write(value, out, context);
        }
    }
}
