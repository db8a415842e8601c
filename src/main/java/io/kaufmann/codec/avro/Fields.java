package io.kaufmann.codec.avro;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;

/** What a handler gives for a record: a map, a record of Avro's own, a Java record or a POJO. */
sealed interface Fields permits Fields.OfMap, Fields.OfRecord, BeanFields, EventFields {

    /** Whether there is such a field; its value may be null. */
    boolean has(FieldWriter field);

    /** The field's value, unwrapped; null also when there is no such field. */
    Object get(FieldWriter field);

    /** How many it gives that the schema does not know, when it has given this many that the schema knows. */
    int unknown(int known);

    /** The names of what it gives: the schema's where the schema knows it. */
    Set<String> names();

    /** Whether the value was made for a schema of this name. */
    default boolean isOf(String schema) {
        return false;
    }

    /**
     * How far it is from a record that was made for the very schema, before one looks at fields.
     *
     * @param simpleName the last part of the schema's name
     */
    default int stretch(String simpleName) {
        return 1;
    }

    /** What else one can do about a field that the schema does not know; empty when there is nothing. */
    default String remedy() {
        return "";
    }

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
        public boolean has(FieldWriter field) {
            return map.containsKey(field.name());
        }

        @Override
        public Object get(FieldWriter field) {
            return Values.plain(map.get(field.name()));
        }

        @Override
        public int unknown(int known) {
            return map.size() - known;
        }

        @Override
        public Set<String> names() {
            return map.keySet();
        }
    }

    /**
     * The fields of an Avro record.
     *
     * @param record the record
     * @param places which of its fields go where
     */
    record OfRecord(IndexedRecord record, RecordPlaces places) implements Fields {

        @Override
        public boolean has(FieldWriter field) {
            return places.of(field) >= 0;
        }

        @Override
        public Object get(FieldWriter field) {
            int place = places.of(field);
            return place < 0 ? null : Values.plain(record.get(place));
        }

        @Override
        public int unknown(int known) {
            return places.size() - known;
        }

        @Override
        public Set<String> names() {
            Set<String> names = new LinkedHashSet<>();
            record.getSchema().getFields().forEach(field -> names.add(field.name()));
            return names;
        }

        @Override
        public boolean isOf(String schema) {
            return record.getSchema().getFullName().equals(schema);
        }
    }
}
