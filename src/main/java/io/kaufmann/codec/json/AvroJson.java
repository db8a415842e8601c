package io.kaufmann.codec.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/**
 * Writes Avro's records as JSON objects by their field names: a union's value without its branch, bytes in base64, and
 * logical types as what they mean, not as what is beneath: decimals as numbers, times as ISO 8601.
 */
final class AvroJson {

    private static final GenericData DATA = new GenericData();

    static {
        DATA.addLogicalTypeConversion(new Conversions.DecimalConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.DateConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.TimestampNanosConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.LocalTimestampNanosConversion());
    }

    private AvroJson() {}

    static void write(IndexedRecord record, JsonGenerator out, SerializerProvider context) throws IOException {
        out.writeStartObject(record);
        for (Schema.Field field : record.getSchema().getFields()) {
            out.writeFieldName(field.name());
            try {
                write(record.get(field.pos()), field.schema(), out, context);
            } catch (IOException | RuntimeException e) {
                throw JsonMappingException.wrapWithPath(e, record, field.name());
            }
        }
        out.writeEndObject();
    }

    private static void write(Object value, Schema declared, JsonGenerator out, SerializerProvider context)
            throws IOException {
        Schema schema = branch(value, declared);
        if (value instanceof Collection<?> items && schema.getType() == Schema.Type.ARRAY) {
            writeItems(items, schema.getElementType(), out, context);
        } else if (value instanceof Map<?, ?> map && schema.getType() == Schema.Type.MAP) {
            writeEntries(map, schema.getValueType(), out, context);
        } else if (value instanceof GenericData.EnumSymbol symbol) {
            out.writeString(symbol.toString());
        } else {
            context.defaultSerializeValue(meant(value, schema), out);
        }
    }

    private static Schema branch(Object value, Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        return schema.getTypes().get(DATA.resolveUnion(schema, value));
    }

    private static void writeItems(Collection<?> items, Schema schema, JsonGenerator out, SerializerProvider context)
            throws IOException {
        out.writeStartArray();
        int index = 0;
        for (Object item : items) {
            try {
                write(item, schema, out, context);
            } catch (IOException | RuntimeException e) {
                throw JsonMappingException.wrapWithPath(e, items, index);
            }
            index++;
        }
        out.writeEndArray();
    }

    private static void writeEntries(Map<?, ?> map, Schema schema, JsonGenerator out, SerializerProvider context)
            throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = String.valueOf(entry.getKey());
            out.writeFieldName(key);
            try {
                write(entry.getValue(), schema, out, context);
            } catch (IOException | RuntimeException e) {
                throw JsonMappingException.wrapWithPath(e, map, key);
            }
        }
        out.writeEndObject();
    }

    /** What a plain value stands for by its logical type; one that was converted before is that already. */
    private static Object meant(Object value, Schema schema) {
        LogicalType type = schema.getLogicalType();
        Conversion<?> conversion = type == null ? null : DATA.getConversionFor(type);
        boolean plain = value instanceof Integer
                || value instanceof Long
                || value instanceof ByteBuffer
                || value instanceof GenericFixed;
        return conversion == null || !plain ? value : Conversions.convertToLogicalType(value, schema, type, conversion);
    }
}
