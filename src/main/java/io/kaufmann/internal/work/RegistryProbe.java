package io.kaufmann.internal.work;

import java.util.Optional;

/** Asks the schema registry for something that it has answered before. May block for a request's time. Thread-safe. */
@FunctionalInterface
public interface RegistryProbe {

    /** Of a service without a registry: nothing answers. */
    RegistryProbe NONE = () -> false;

    /** Whether it answers. */
    boolean isAnswering();

    /** Why it does not answer, and what to do about it; empty when it does. */
    default Optional<String> problem() {
        return isAnswering()
                ? Optional.empty()
                : Optional.of("The schema registry does not answer, or refuses the service. Check that it runs, and"
                        + " kaufmann.schema.registry.url");
    }
}
