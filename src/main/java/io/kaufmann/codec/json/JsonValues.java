package io.kaufmann.codec.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kaufmann.codec.TranscodeException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of one document. Its depth is bounded by the parser, their number here. Not thread-safe. */
final class JsonValues {

    /** Small values take many times the memory of their text: this keeps a large document below some 200 MB. */
    private static final int MAX_VALUES = 1_000_000;

    private final JsonParser parser;
    private int values;

    JsonValues(JsonParser parser) {
        this.parser = parser;
    }

    /** The object that the parser has just entered. */
    Map<String, Object> object() throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            int size = object.size();
            object.put(name, value(parser.nextToken()));
            if (object.size() == size) {
                throw new TranscodeException("a key stands twice in one object, the second time before byte "
                        + parser.currentTokenLocation().getByteOffset());
            }
        }
        return Collections.unmodifiableMap(object);
    }

    private List<Object> array() throws IOException {
        List<Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token));
        }
        return Collections.unmodifiableList(array);
    }

    private Object value(JsonToken token) throws IOException {
        if (++values > MAX_VALUES) {
            throw new TranscodeException("more than " + MAX_VALUES + " values");
        }
        if (token == null) {
            throw new TranscodeException("the text ends in the middle");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new TranscodeException("no proper JSON: an unexpected " + token);
        };
    }

    private Number whole() throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : (Number) parser.getLongValue();
    }

    private BigDecimal decimal() throws IOException {
        BigDecimal number = parser.getDecimalValue();
        if (digits(number) > JsonReader.MAX_NUMBER) {
            throw new TranscodeException("a number with an exponent that makes it longer than " + JsonReader.MAX_NUMBER
                    + " digits, at byte " + parser.currentTokenLocation().getByteOffset());
        }
        return number;
    }

    /**
     * How many digits it has when it is written without an exponent. A few bytes such as {@code 1e999999999} must not become
     * a number of a gigabyte later on, and what was read must be no longer when it is written again.
     */
    private static long digits(BigDecimal number) {
        return number.scale() > 0
                ? Math.max(number.precision(), number.scale() + 1L)
                : number.precision() - (long) number.scale();
    }
}
