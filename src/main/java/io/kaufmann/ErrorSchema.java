package io.kaufmann;

import io.kaufmann.event.EventName;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.schema.SchemaRegistry;

/** The schema that every error event of a service is written with: without it a failed event could tell nobody. */
final class ErrorSchema {

    private final SchemaRegistry registry;
    private final KaufmannConfig config;

    ErrorSchema(SchemaRegistry registry, KaufmannConfig config) {
        this.registry = registry;
        this.config = config;
    }

    /** Returns when it is registered. */
    void require() {
        if (config.transcoders().isPresent()) {
            // Own transcoders have their own idea of schemas.
            return;
        }
        String subject = config.subjectStrategy().subject(EventName.of("event.error"), config.defaultPublishTopic());
        try {
            registry.latest(subject);
        } catch (SchemaNotFoundException e) {
            throw new IllegalStateException(
                    "the registry at " + registry.location() + " has no schema for " + subject
                            + ", which error events are written with. Register it with migrate-schemas; the library"
                            + " ships one as io/kaufmann/schemas/event.error.avsc",
                    e);
        }
    }
}
