package io.kaufmann.testing;

import io.kaufmann.schema.SchemaReference;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A schema as the store keeps it.
 *
 * @param id its id in the whole store
 * @param text its own text, without the types it refers to
 * @param references where those types stand
 * @param schema all of it, parsed
 */
record StoredSchema(int id, String text, List<SchemaReference> references, Schema schema) {}
