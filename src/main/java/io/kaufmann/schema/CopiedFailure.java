package io.kaufmann.schema;

/** A failure that several threads meet gets a copy for each: a stack trace and suppressed exceptions belong to one. */
final class CopiedFailure {

    private CopiedFailure() {}

    static RuntimeException of(Throwable failure) {
        return of(failure, "");
    }

    static RuntimeException of(Throwable failure, String addition) {
        String message = failure.getMessage() + addition;
        if (failure instanceof RegistryUnavailableException unavailable) {
            return new RegistryUnavailableException(message, failure.getCause(), unavailable.isDenied());
        }
        if (failure instanceof SchemaNotFoundException) {
            return new SchemaNotFoundException(message);
        }
        if (failure instanceof SchemaRejectedException) {
            return new SchemaRejectedException(message);
        }
        if (failure instanceof UnsupportedSchemaException) {
            return new UnsupportedSchemaException(message, failure.getCause());
        }
        return new IllegalStateException("The request of another thread failed: " + message, failure);
    }
}
