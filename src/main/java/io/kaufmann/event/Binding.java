package io.kaufmann.event;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes objects of a user's type from decoded values. There is one for each class that was asked for, kept by the class
 * itself and gone with it, those for Java's own apart. Thread-safe.
 */
final class Binding<T> {

    private static final ClassValue<Binding<?>> ALL = new ClassValue<>() {
        @Override
        protected Binding<?> computeValue(Class<?> type) {
            return new Binding<>(type);
        }
    };

    // Java's own classes outlive this library in servers that load it anew, and would keep it.
    private static final Map<Class<?>, Binding<?>> OF_JAVAS = new ConcurrentHashMap<>();

    private final Class<T> type;
    private final ObjectReader reader;
    private final ObjectReader listReader;

    private Binding(Class<T> type) {
        this.type = type;
        JsonMapper mapper = StrictMapper.create();
        reader = mapper.readerFor(type);
        listReader = mapper.readerForListOf(type);
    }

    @SuppressWarnings("unchecked") // What is kept for Class<T> was made of it.
    static <T> Binding<T> of(Class<T> type) {
        return (Binding<T>) (isJavas(type) ? OF_JAVAS.computeIfAbsent(type, Binding::new) : ALL.get(type));
    }

    private static boolean isJavas(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /** What stands at the path. */
    @SuppressWarnings("unchecked") // The reader was made for the type.
    T one(String event, Object root, String path) {
        Object found = PathSteps.find(root, path);
        if (found == null) {
            throw Trail.along(event, root, path).expected(Misbinding.nameOf(type));
        }
        return (T) read(reader, event, root, path, found);
    }

    /** The items of a list that was found at the path. */
    @SuppressWarnings("unchecked") // The reader was made for lists of the type.
    List<T> list(String event, Object root, String path, List<?> found) {
        return Collections.unmodifiableList((List<T>) read(listReader, event, root, path, found));
    }

    private Object read(ObjectReader with, String event, Object root, String path, Object found) {
        try {
            return with.readValue(Tokens.of(found));
        } catch (IOException e) {
            throw new Misbinding(Trail.along(event, root, path), type, e).toException();
        }
    }
}
