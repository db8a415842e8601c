package io.kaufmann.testing;

import io.kaufmann.schema.SchemaReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * A schema as the store keeps it.
 *
 * @param id its id in the whole store
 * @param text its own text, without the types it refers to
 * @param references where those types stand
 * @param schema all of it, parsed
 */
record StoredSchema(int id, String text, List<SchemaReference> references, Schema schema) {

    /**
     * The same for the same schema in every registry of this kind, as Confluent's is in those of its own: made of what
     * the schema says and refers to.
     */
    String guid() {
        return UUID.nameUUIDFromBytes((text + references).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
