package io.kaufmann.codec.avro;

import io.kaufmann.event.Payload;
import java.nio.ByteBuffer;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericContainer;

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

    /** What is written otherwise, whoever's class it is. */
    private static final List<Class<?>> VALUES = List.of(
            GenericContainer.class,
            CharSequence.class,
            Number.class,
            Map.class,
            Collection.class,
            Enum.class,
            ByteBuffer.class,
            TemporalAmount.class,
            Payload.class);

    /**
     * Java's own classes outlive this library in servers that load it anew, so they keep a value of Java's own that says
     * that they are no beans.
     */
    private static final ClassValue<Object> KNOWN = new ClassValue<>() {
        @Override
        protected Object computeValue(Class<?> type) {
            return isValue(type) ? false : Introspection.of(type);
        }
    };

    /** What is known of a class; null when its objects are values, and no beans. */
    static BeanType of(Class<?> type) {
        return KNOWN.get(type) instanceof BeanType bean ? bean : null;
    }

    static BeanType of(Class<?> type, List<BeanAccessor> properties, Optional<BeanAccessor> value) {
        return new BeanType(type.getName(), type.getSimpleName(), properties, value, Optional.empty());
    }

    static BeanType unreadable(Class<?> type, String problem) {
        return new BeanType(type.getName(), type.getSimpleName(), List.of(), Optional.empty(), Optional.of(problem));
    }

    private static boolean isValue(Class<?> type) {
        return isJavas(type) || type.isArray() || VALUES.stream().anyMatch(value -> value.isAssignableFrom(type));
    }

    private static boolean isJavas(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
