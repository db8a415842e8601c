package io.kaufmann.codec.avro;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A decoded record as an unmodifiable map in the schema's field order. It holds its values alone: the names are the same
 * for each record of a schema, so the shape has them, and nothing is hashed or linked for each event. Thread-safe.
 */
final class RecordMap extends AbstractMap<String, Object> {

    private final RecordShape shape;
    private final Object[] values;

    /** Takes the array as its own. */
    RecordMap(RecordShape shape, Object[] values) {
        this.shape = shape;
        this.values = values;
    }

    Object value(int place) {
        return values[place];
    }

    @Override
    public Object get(Object name) {
        Integer place = shape.place(name);
        return place == null ? null : values[place];
    }

    @Override
    public boolean containsKey(Object name) {
        return shape.place(name) != null;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public Set<String> keySet() {
        return shape.keys();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < values.length; i++) {
            action.accept(shape.name(i), values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, Object>> {

        @Override
        public Iterator<Map.Entry<String, Object>> iterator() {
            return new EntryIterator();
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    private final class EntryIterator implements Iterator<Map.Entry<String, Object>> {

        private int place;

        @Override
        public boolean hasNext() {
            return place < values.length;
        }

        @Override
        public Map.Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return new SimpleImmutableEntry<>(shape.name(place), values[place++]);
        }
    }
}
