package io.kaufmann.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.util.AccessPattern;
import java.io.IOException;

/** Reads a single value of a user's type by the rules of the getters. */
final class ScalarDeserializer<T> extends StdScalarDeserializer<T> {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Never serialized; Jackson's base class says it could be.
    private final Scalar<T> scalar;

    ScalarDeserializer(Scalar<T> scalar) {
        super(scalar.type());
        this.scalar = scalar;
    }

    @Override
    public T deserialize(JsonParser tokens, DeserializationContext context) throws IOException {
        T read = scalar.read().apply(found(tokens));
        if (read == null) {
            throw MismatchedInputException.from(tokens, scalar.type(), "not " + scalar.name());
        }
        return read;
    }

    /** Asked for each null: one for a primitive is an error. */
    @Override
    public AccessPattern getNullAccessPattern() {
        return AccessPattern.DYNAMIC;
    }

    @Override
    public T getNullValue(DeserializationContext context) throws JsonMappingException {
        if (scalar.type().isPrimitive()) {
            throw MismatchedInputException.from(context.getParser(), scalar.type(), "null");
        }
        return null;
    }

    /** Null for flags, records and lists. */
    private static Object found(JsonParser tokens) throws IOException {
        return switch (tokens.currentToken()) {
            case VALUE_STRING -> tokens.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> tokens.getNumberValue();
            case VALUE_EMBEDDED_OBJECT -> tokens.getEmbeddedObject();
            default -> null;
        };
    }
}
