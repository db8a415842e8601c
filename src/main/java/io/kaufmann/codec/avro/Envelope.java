package io.kaufmann.codec.avro;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Where metadata and payload stand in an event's schema: in the fields {@code meta} (or {@code metadata}) and
 * {@code payload} of a record. Without {@code payload} the other fields are the payload; a schema that is no record, or has
 * neither field, is all payload.
 *
 * @param meta the metadata's field; empty when the schema has none
 * @param payload whether there is a field {@code payload}
 */
record Envelope(Optional<Schema.Field> meta, boolean payload) {

    static final String PAYLOAD = "payload";

    static Envelope of(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            return new Envelope(Optional.empty(), false);
        }
        Optional<Schema.Field> meta = Optional.ofNullable(schema.getField("meta"))
                .filter(Envelope::holdsFields)
                .or(() -> Optional.ofNullable(schema.getField("metadata")).filter(Envelope::holdsFields));
        return new Envelope(meta, schema.getField(PAYLOAD) != null);
    }

    /** A team's own text field that happens to be named {@code meta} is no metadata. */
    private static boolean holdsFields(Schema.Field field) {
        return branches(field.schema()).stream().allMatch(branch -> switch (branch.getType()) {
            case RECORD, MAP, NULL -> true;
            default -> false;
        });
    }

    static List<Schema> branches(Schema schema) {
        return schema.getType() == Schema.Type.UNION ? schema.getTypes() : List.of(schema);
    }

    /** Whether the whole schema is the payload. */
    boolean isAllPayload() {
        return meta.isEmpty() && !payload;
    }
}
