package io.kaufmann.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
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

    /** Null for what is neither text nor an object: numbers and flags are read by Jackson. */
    private static Object found(JsonParser tokens) throws IOException {
        if (tokens.hasToken(JsonToken.VALUE_STRING)) {
            return tokens.getText();
        }
        return tokens.hasToken(JsonToken.VALUE_EMBEDDED_OBJECT) ? tokens.getEmbeddedObject() : null;
    }
}
