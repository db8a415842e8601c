package io.kaufmann.codec.avro;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An event whose payload has no field of its own: metadata and the payload's fields beside each other.
 *
 * @param meta the metadata's field
 * @param payload the payload's fields
 * @param record the schema's fields
 */
record EventFields(Fields meta, Fields payload, RecordWriter record) implements Fields {

    @Override
    public boolean has(FieldWriter field) {
        return meta.has(field) || payload.has(field);
    }

    @Override
    public Object get(FieldWriter field) {
        return meta.has(field) ? meta.get(field) : payload.get(field);
    }

    @Override
    public int unknown(int known) {
        return (int) names().stream().filter(name -> !record.knows(name)).count();
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(meta.names());
        names.addAll(payload.names());
        return names;
    }

    @Override
    public String remedy() {
        return payload.remedy();
    }
}
