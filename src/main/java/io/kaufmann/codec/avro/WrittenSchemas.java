package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.UnsupportedSchemaException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The writers' schemas that events were read with, each asked for once. Thread-safe. */
final class WrittenSchemas {

    private static final int MAX_KEPT = 10_000;

    private final SchemaRegistry registry;
    private final ById<WrittenSchema> byId = new ById<>();
    private final IntFunction<WrittenSchema> find = this::find; // Once, not for each event.
    private final Map<UUID, WrittenSchema> byGuid = new ConcurrentHashMap<>();

    WrittenSchemas(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * The schema that a value was written with, told by its header or else by its frame.
     *
     * @param header what {@link SchemaIds#inHeader} gave, may be null
     * @param value the record's value
     * @throws TranscodeException when neither tells it, or the registry does not know it
     */
    WrittenSchema of(byte[] header, byte[] value) {
        if (header != null && SchemaIds.isGuid(header)) {
            return byGuid(SchemaIds.guid(header));
        }
        return byId.get(header == null ? Frame.schemaId(value) : SchemaIds.id(header), find);
    }

    private WrittenSchema byGuid(UUID guid) {
        WrittenSchema known = byGuid.get(guid);
        if (known != null) {
            return known;
        }
        WrittenSchema found = find("GUID " + guid, () -> registry.byGuid(guid.toString()));
        if (byGuid.size() >= MAX_KEPT) {
            byGuid.clear();
        }
        byGuid.put(guid, found);
        return found;
    }

    private WrittenSchema find(int id) {
        return find("id " + id, () -> registry.byId(id));
    }

    private WrittenSchema find(String what, Supplier<RegisteredSchema> request) {
        try {
            return new WrittenSchema(request.get());
        } catch (SchemaNotFoundException e) {
            throw new TranscodeException(
                    "schema " + what + " not found at " + registry.location()
                            + ". Was it written with another registry?",
                    e);
        } catch (UnsupportedSchemaException e) {
            throw new TranscodeException(e.getMessage(), e);
        }
    }
}
