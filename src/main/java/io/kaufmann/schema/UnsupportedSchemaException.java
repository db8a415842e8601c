package io.kaufmann.schema;

/**
 * The registry has the schema, but it cannot be used here: it is of another type (JSON Schema, Protobuf), or Avro cannot
 * read it. Asking again will not help; no outage is to be waited for.
 */
public final class UnsupportedSchemaException extends SchemaRegistryException {

    private static final long serialVersionUID = 1L;

    /**
     * With what the registry holds and why it cannot be used.
     *
     * @param message what was asked for, of which registry, and what came
     * @param cause the parser's error beneath, or null
     */
    public UnsupportedSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
