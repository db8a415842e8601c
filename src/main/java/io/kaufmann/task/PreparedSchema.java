package io.kaufmann.task;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * A schema that is understood. Immutable.
 *
 * @param source as it was written
 * @param schema with all that it names
 * @param dependencies the subjects of the types that it names and does not define, by the types' full names
 * @param warnings what is odd about it, a sentence each
 */
record PreparedSchema(SchemaSource source, Schema schema, Map<String, String> dependencies, List<String> warnings) {

    String subject() {
        return source.subject();
    }

    /** The text that stands by itself. */
    String whole() {
        return schema.toString();
    }

    /** The text that goes to a registry. */
    String text(MetadataForm form) {
        return refers(form) ? source.json().toString() : whole();
    }

    boolean refers(MetadataForm form) {
        return form == MetadataForm.REFERENCE && !dependencies.isEmpty();
    }
}
