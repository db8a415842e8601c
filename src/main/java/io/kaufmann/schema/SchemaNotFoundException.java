package io.kaufmann.schema;

/** The registry answered: it has no such schema id, subject or version. */
public final class SchemaNotFoundException extends SchemaRegistryException {

    private static final long serialVersionUID = 1L;

    /**
     * With a message that names what was asked for and where.
     *
     * @param message what was asked for, of which registry
     */
    public SchemaNotFoundException(String message) {
        super(message, null);
    }
}
