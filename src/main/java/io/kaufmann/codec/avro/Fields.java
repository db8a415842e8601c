package io.kaufmann.codec.avro;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** What a handler gives for a record: a map, a record of Avro's own, a Java record or a POJO. */
sealed interface Fields {

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
     */
    record OfRecord(IndexedRecord record) implements Fields {

        @Override
        public boolean has(FieldWriter field) {
            return record.getSchema().getField(field.name()) != null;
        }

        @Override
        public Object get(FieldWriter field) {
            Schema.Field given = record.getSchema().getField(field.name());
            return given == null ? null : Values.plain(record.get(given.pos()));
        }

        @Override
        public int unknown(int known) {
            return record.getSchema().getFields().size() - known;
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

    /**
     * The properties of a Java record or a POJO.
     *
     * @param bean the object
     * @param plan which property goes to which field
     * @param record the schema's fields
     */
    record OfBean(Object bean, BeanPlan plan, RecordWriter record) implements Fields {

        private static final int ANOTHER_NAME = 100;

        /** A null that the class leaves out, by an annotation, is not given. */
        @Override
        public boolean has(FieldWriter field) {
            BeanAccessor property = plan.at(field.place());
            return property != null && !(property.omitsNull() && property.read(bean) == null);
        }

        @Override
        public Object get(FieldWriter field) {
            BeanAccessor property = plan.at(field.place());
            return property == null ? null : property.read(bean);
        }

        @Override
        public int unknown(int known) {
            return plan.strays().size();
        }

        @Override
        public Set<String> names() {
            Set<String> names = new LinkedHashSet<>();
            record.forEach(field -> {
                if (plan.at(field.place()) != null) {
                    names.add(field.name());
                }
            });
            plan.strays().forEach(property -> names.add(property.name()));
            return names;
        }

        /** The record that bears the class's name is meant, whatever defaults another one has. */
        @Override
        public int stretch(String simpleName) {
            return plan.type().simpleName().equals(simpleName) ? 1 : ANOTHER_NAME;
        }

        @Override
        public String remedy() {
            return ". Or mark it @JsonIgnore in " + plan.type().type();
        }
    }

    /**
     * An event whose payload has no field of its own: metadata and the payload's fields beside each other.
     *
     * @param meta the metadata's field
     * @param payload the payload's fields
     * @param record the schema's fields
     */
    record OfEvent(Fields meta, Fields payload, RecordWriter record) implements Fields {

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
}
