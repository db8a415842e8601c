package io.kaufmann.codec.avro;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The properties of a Java record or a POJO.
 *
 * @param bean the object
 * @param plan which property goes to which field
 * @param record the schema's fields
 */
record BeanFields(Object bean, BeanPlan plan, RecordWriter record) implements Fields {

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
