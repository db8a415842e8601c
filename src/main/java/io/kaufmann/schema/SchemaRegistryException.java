package io.kaufmann.schema;

/** What a {@link SchemaRegistry} throws: sealed, since the three kinds call for three different actions. */
public abstract sealed class SchemaRegistryException extends RuntimeException
        permits SchemaNotFoundException, SchemaRejectedException, RegistryUnavailableException {

    private static final long serialVersionUID = 1L;

    SchemaRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
