package io.kaufmann;

import io.kaufmann.internal.work.RegistryProbe;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SchemaRegistryException;
import java.util.Optional;

/**
 * Whether a registry answers, be it that it does not have what it is asked for. Thread-safe.
 *
 * @param registry asked each time, so without a cache
 * @param subject what it is asked for: something that the service may read, since rights may be a subject's
 */
record AskedRegistry(SchemaRegistry registry, String subject) implements RegistryProbe {

    @Override
    public boolean isAnswering() {
        return problem().isEmpty();
    }

    @Override
    public Optional<String> problem() {
        try {
            var unused = registry.latest(subject);
            return Optional.empty();
        } catch (RegistryUnavailableException e) {
            return Optional.of(e.getMessage());
        } catch (SchemaRegistryException e) {
            return Optional.empty();
        }
    }
}
