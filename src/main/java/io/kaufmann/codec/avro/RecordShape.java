package io.kaufmann.codec.avro;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** The field names of a record schema and their places, shared by all {@link RecordMap}s of it. */
final class RecordShape {

    private final List<String> names;
    private final Map<String, Integer> places = new HashMap<>();
    private final Set<String> keys;

    RecordShape(Schema record) {
        names = record.getFields().stream()
                .map(Schema.Field::name)
                // So that a handler's literal is the same object, and needs no comparison.
                .map(String::intern)
                .toList();
        names.forEach(name -> places.put(name, places.size()));
        keys = Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    int size() {
        return names.size();
    }

    String name(int place) {
        return names.get(place);
    }

    /** The place of a field, null when there is none. */
    Integer place(Object name) {
        return places.get(name);
    }

    Set<String> keys() {
        return keys;
    }
}
