package io.kaufmann.codec.avro;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** What a handler gives for a record, by field names: a map, or a record of Avro's own. */
sealed interface Fields {

    /** The fields of a value; null when it has none. */
    static Fields of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return OfMap.of(map);
        }
        return value instanceof IndexedRecord record ? new OfRecord(record) : null;
    }

    /** Whether there is such a field; its value may be null. */
    boolean has(String name);

    /** The field's value, unwrapped; null also when there is no such field. */
    Object get(String name);

    int size();

    Set<String> names();

    /** Whether the value was made for a schema of this name. */
    boolean isOf(String schema);

    /**
     * The fields of a map.
     *
     * @param map names and values
     */
    record OfMap(Map<String, ?> map) implements Fields {

        @SuppressWarnings("unchecked") // One key tells: maps with keys of several types are not made by accident.
        static OfMap of(Map<?, ?> map) {
            boolean plain = map.isEmpty() || map.keySet().iterator().next() instanceof String;
            return new OfMap(plain ? (Map<String, ?>) map : renamed(map));
        }

        private static Map<String, ?> renamed(Map<?, ?> map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((name, value) -> {
                if (!(name instanceof CharSequence)) {
                    throw Misfit.expected("text for a field's name", name);
                }
                fields.put(name.toString(), value);
            });
            return fields;
        }

        @Override
        public boolean has(String name) {
            return map.containsKey(name);
        }

        @Override
        public Object get(String name) {
            return Values.plain(map.get(name));
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public Set<String> names() {
            return map.keySet();
        }

        @Override
        public boolean isOf(String schema) {
            return false;
        }
    }

    /**
     * The fields of an Avro record.
     *
     * @param record the record
     */
    record OfRecord(IndexedRecord record) implements Fields {

        @Override
        public boolean has(String name) {
            return record.getSchema().getField(name) != null;
        }

        @Override
        public Object get(String name) {
            Schema.Field field = record.getSchema().getField(name);
            return field == null ? null : Values.plain(record.get(field.pos()));
        }

        @Override
        public int size() {
            return record.getSchema().getFields().size();
        }

        @Override
        public Set<String> names() {
            List<String> names = record.getSchema().getFields().stream()
                    .map(Schema.Field::name)
                    .toList();
            return Set.copyOf(names);
        }

        @Override
        public boolean isOf(String schema) {
            return record.getSchema().getFullName().equals(schema);
        }
    }
}
