package io.kaufmann.codec.avro;

import java.util.List;
import java.util.Optional;

/**
 * What Jackson finds in a class: the properties of a Java record or a POJO, or the one value that stands for it. Found once
 * for each class, and kept with the class itself, so that it goes when the class goes. Immutable and thread-safe.
 *
 * @param type the name of the class
 * @param simpleName its last part
 * @param properties how to read its properties
 * @param value how to read what stands for it, if its class says so with {@code @JsonValue}
 * @param problem why it cannot be read; empty when it can
 */
record BeanType(
        String type,
        String simpleName,
        List<BeanAccessor> properties,
        Optional<BeanAccessor> value,
        Optional<String> problem) {

    private static final ClassValue<BeanType> KNOWN = new ClassValue<>() {
        @Override
        protected BeanType computeValue(Class<?> type) {
            return Introspection.of(type);
        }
    };

    static BeanType of(Class<?> type) {
        return KNOWN.get(type);
    }

    static BeanType of(Class<?> type, List<BeanAccessor> properties, Optional<BeanAccessor> value) {
        return new BeanType(type.getName(), type.getSimpleName(), properties, value, Optional.empty());
    }

    static BeanType unreadable(Class<?> type, String problem) {
        return new BeanType(type.getName(), type.getSimpleName(), List.of(), Optional.empty(), Optional.of(problem));
    }

    /** Whether values of a class can have properties that mean something: Java's own types are values, not beans. */
    static boolean mayBe(Class<?> type) {
        return !type.isArray() && !type.isEnum() && !isJavas(type);
    }

    private static boolean isJavas(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
