package io.kaufmann.codec.avro;

import io.kaufmann.schema.RegisteredSchema;
import java.util.Optional;
import org.apache.avro.Schema;

/** A writer's schema and the readers of its events, each made once. Thread-safe. */
final class WrittenSchema {

    private final RegisteredSchema schema;
    private final Optional<String> recordName;
    private final SchemaReader plain;
    private final ById<SchemaReader> resolved = new ById<>();
    // Any thread: the reader that was asked for last, as a rule the only one.
    private volatile SchemaReader last;

    WrittenSchema(RegisteredSchema schema) {
        this.schema = schema;
        this.recordName = schema.schema().getType() == Schema.Type.RECORD
                ? Optional.of(schema.schema().getFullName())
                : Optional.empty();
        this.plain = new SchemaReader(schema);
        this.last = plain;
    }

    /** The full name of the record that it describes; empty when it is no record. */
    Optional<String> recordName() {
        return recordName;
    }

    /** The reader that gives its events as another schema has them, or as they were written where that is null. */
    SchemaReader readAs(RegisteredSchema target) {
        if (target == null || target.id() == schema.id()) {
            return plain;
        }
        SchemaReader known = last;
        if (known.readsAs(target)) {
            return known;
        }
        SchemaReader reader = resolved.get(target.id(), id -> new SchemaReader(schema, target));
        last = reader;
        return reader;
    }
}
