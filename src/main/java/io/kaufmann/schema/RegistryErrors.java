package io.kaufmann.schema;

import java.util.function.Supplier;

/**
 * Tells what an answer that is no success means. Registries differ: Confluent's answers 40901 or 409 where Apicurio's
 * answers 409, and the first answers a path that is not its own with the error code 404, others with HTML or nothing.
 */
final class RegistryErrors {

    private static final int INVALID_VERSION = 42202;
    private static final int OPERATION_NOT_PERMITTED = 42205;
    private static final int REFERENCE_EXISTS = 42206;

    private final Supplier<Boolean> isRegistry;

    /**
     * For one registry.
     *
     * @param isRegistry asks whether there is a registry at that place at all
     */
    RegistryErrors(Supplier<Boolean> isRegistry) {
        this.isRegistry = isRegistry;
    }

    /** The exception for an answer. */
    SchemaRegistryException of(RegistryRequest request, RegistryAnswer answer) {
        return switch (answer.status()) {
            case 401, 403 ->
                unavailable(
                        request,
                        answer,
                        "The credentials are missing, wrong or not allowed this: check kaufmann.schema.registry.user and"
                                + " kaufmann.schema.registry.password, the token, or the user and password in"
                                + " kaufmann.schema.registry.url.");
            case 404 -> notFound(request, answer);
            case 407, 408 -> unavailable(request, answer, "Something on the way asks to wait or to log in.");
            default -> other(request, answer);
        };
    }

    private SchemaRegistryException notFound(RegistryRequest request, RegistryAnswer answer) {
        // Only a registry says which of its things is missing. A bare 404 may also be a base URL with a wrong path, and
        // taking that for "no such schema" would turn a wrong setting into thousands of failed events.
        int code = answer.errorCode().orElse(0);
        if ((code > 40400 && code < 40500) || (code == 404 && isRegistry.get())) {
            return missing(request, answer);
        }
        return unavailable(
                request,
                answer,
                "There seems to be no schema registry at this address: check the path in kaufmann.schema.registry.url"
                        + " (Apicurio's ends in /apis/ccompat/v7).");
    }

    private SchemaRegistryException other(RegistryRequest request, RegistryAnswer answer) {
        if (answer.status() >= 300 && answer.status() < 400) {
            return unavailable(
                    request,
                    answer,
                    "It redirects to " + SchemaTexts.quote(answer.target()) + ", which is not followed: if that is the"
                            + " registry, write it to kaufmann.schema.registry.url.");
        }
        if (answer.errorCode().isEmpty()) {
            return unavailable(request, answer, "Check that kaufmann.schema.registry.url points to a schema registry.");
        }
        if (answer.errorCode().getAsInt() == INVALID_VERSION) {
            return missing(request, answer);
        }
        return new SchemaRejectedException("Cannot " + request.aim() + ": schema registry " + answer.from()
                + " answered " + answer.summary() + ". "
                + advice(answer.errorCode().getAsInt()));
    }

    private static String advice(int code) {
        return switch (code) {
            case OPERATION_NOT_PERMITTED -> "See the mode of the registry and of the subject.";
            case REFERENCE_EXISTS -> "Delete the schemas that refer to it first.";
            default -> "Mend the schema, or the subject's compatibility setting.";
        };
    }

    private SchemaNotFoundException missing(RegistryRequest request, RegistryAnswer answer) {
        return new SchemaNotFoundException("Cannot " + request.aim() + ": schema registry " + answer.from()
                + " does not have it, it answered " + answer.summary()
                + ". Register the schema there, or check that the writer used this registry.");
    }

    private RegistryUnavailableException unavailable(RegistryRequest request, RegistryAnswer answer, String advice) {
        return new RegistryUnavailableException(
                "Cannot " + request.aim() + " at schema registry " + answer.from() + ": it answered " + answer.summary()
                        + ". " + advice,
                null,
                answer.status() == 401 || answer.status() == 403);
    }
}
