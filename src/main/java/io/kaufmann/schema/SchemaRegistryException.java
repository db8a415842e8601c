package io.kaufmann.schema;

/** What a {@link SchemaRegistry} throws: sealed, since each kind calls for another action. */
public abstract sealed class SchemaRegistryException extends RuntimeException
        permits SchemaNotFoundException,
                SchemaRejectedException,
                UnsupportedSchemaException,
                RegistryUnavailableException {

    private static final long serialVersionUID = 1L;

    SchemaRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
