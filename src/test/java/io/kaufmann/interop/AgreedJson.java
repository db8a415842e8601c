package io.kaufmann.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.util.TimePeriod;

/**
 * Avro values as JSON, agreed with node's side: {@code src/test/interop/lib/values.js} says how. Made into the Java values
 * that an event shows, by the schema and by nothing of the library.
 */
public final class AgreedJson {

    private AgreedJson() {}

    /** The Java value of a schema that this JSON stands for. */
    public static Object toJava(Schema schema, JsonNode json) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> json.booleanValue();
            case INT -> schema.getLogicalType() == null ? (Object) json.intValue() : tagged(json);
            case LONG -> schema.getLogicalType() == null ? (Object) number(json).longValueExact() : tagged(json);
            case FLOAT -> (float) real(json);
            case DOUBLE -> real(json);
            case STRING -> json.isTextual() ? json.textValue() : tagged(json);
            case ENUM -> json.textValue();
            case BYTES, FIXED -> tagged(json);
            case ARRAY -> list(schema.getElementType(), json);
            case MAP -> map(schema.getValueType(), json);
            case RECORD -> record(schema, json);
            case UNION -> union(schema, json);
        };
    }

    private static BigDecimal number(JsonNode json) {
        return json.has("$long") ? new BigDecimal(json.get("$long").textValue()) : json.decimalValue();
    }

    private static double real(JsonNode json) {
        return json.has("$double") ? Double.parseDouble(json.get("$double").textValue()) : json.doubleValue();
    }

    private static Object tagged(JsonNode json) {
        Map.Entry<String, JsonNode> tag = json.properties().iterator().next();
        String text = tag.getValue().asText();
        return switch (tag.getKey()) {
            case "$bytes" -> ByteBuffer.wrap(HexFormat.of().parseHex(text));
            case "$decimal" -> new BigDecimal(text);
            case "$uuid" -> UUID.fromString(text);
            case "$date" -> LocalDate.parse(text);
            case "$time" -> LocalTime.parse(text);
            case "$instant" -> Instant.parse(text);
            case "$local" -> LocalDateTime.parse(text);
            case "$duration" ->
                TimePeriod.of(
                        tag.getValue().get("months").longValue(),
                        tag.getValue().get("days").longValue(),
                        tag.getValue().get("millis").longValue());
            default -> throw new IllegalArgumentException("Unknown tag in " + json);
        };
    }

    private static List<Object> list(Schema element, JsonNode json) {
        List<Object> list = new ArrayList<>();
        json.forEach(each -> list.add(toJava(element, each)));
        return list;
    }

    private static Map<String, Object> map(Schema value, JsonNode json) {
        Map<String, Object> map = new LinkedHashMap<>();
        json.properties().forEach(each -> map.put(each.getKey(), toJava(value, each.getValue())));
        return map;
    }

    private static Map<String, Object> record(Schema schema, JsonNode json) {
        Map<String, Object> record = new LinkedHashMap<>();
        schema.getFields().forEach(field -> {
            if (!json.has(field.name())) {
                throw new IllegalArgumentException(schema.getFullName() + "." + field.name() + " is not in " + json);
            }
            record.put(field.name(), toJava(field.schema(), json.get(field.name())));
        });
        return record;
    }

    private static Object union(Schema union, JsonNode json) {
        if (json.has("$union")) {
            return toJava(
                    named(union, json.get("$union").get(0).textValue()),
                    json.get("$union").get(1));
        }
        return union.getTypes().stream()
                .filter(branch -> fits(branch, json))
                .findFirst()
                .map(branch -> toJava(branch, json))
                .orElse(null);
    }

    private static Schema named(Schema union, String name) {
        return union.getTypes().stream()
                .filter(branch -> branch.getFullName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the JSON is of this kind; where that does not tell the branch, it is named. */
    private static boolean fits(Schema branch, JsonNode json) {
        if (branch.getLogicalType() != null) {
            return json.isObject();
        }
        return switch (branch.getType()) {
            case NULL -> json.isNull();
            case BOOLEAN -> json.isBoolean();
            case INT, LONG, FLOAT, DOUBLE -> json.isNumber();
            case STRING, ENUM -> json.isTextual();
            case ARRAY -> json.isArray();
            case BYTES, FIXED, MAP, RECORD, UNION -> json.isObject();
        };
    }
}
