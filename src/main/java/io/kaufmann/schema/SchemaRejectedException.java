package io.kaufmann.schema;

/** The registry refused a schema: it is not valid, or not compatible with the versions that are there. */
public final class SchemaRejectedException extends SchemaRegistryException {

    private static final long serialVersionUID = 1L;

    /**
     * With the registry's own words.
     *
     * @param message the subject, the registry and the reason it gave
     */
    public SchemaRejectedException(String message) {
        super(message, null);
    }
}
