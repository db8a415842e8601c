package io.kaufmann.codec;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Makes serializers and deserializers by class name. */
final class SerdeClass {

    private SerdeClass() {}

    /**
     * The class of this name.
     *
     * @throws IllegalArgumentException when it is not on the class path, or of another kind
     */
    static <T> Class<? extends T> find(String name, Class<T> kind) {
        try {
            return load(name).asSubclass(kind);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "There is no class " + name + " on the class path. Add the dependency that has it", e);
        } catch (ClassCastException e) {
            throw new IllegalArgumentException("The class " + name + " is no " + kind.getName(), e);
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            try {
                return Class.forName(name, true, context);
            } catch (ClassNotFoundException e) {
                // Then it may be where this library is.
            }
        }
        return Class.forName(name);
    }

    /** Makes objects of a class. What is wrong with its constructor or settings comes out without the settings. */
    static <T> Supplier<T> maker(Class<? extends T> type, Map<String, ?> settings, Configure<T> configure) {
        Map<String, ?> own = Collections.unmodifiableMap(new HashMap<>(settings)); // Which may hold nulls.
        return () -> {
            T made;
            try {
                made = type.getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(
                        type.getName() + " cannot be made: it needs a public constructor without parameters, which does"
                                + " not throw",
                        e);
            }
            configure.configure(made, own);
            return made;
        };
    }

    /** Kafka's {@code configure}, which serializers and deserializers share in name alone. */
    @FunctionalInterface
    interface Configure<T> {
        void configure(T made, Map<String, ?> settings);
    }
}
