package io.kaufmann.codec.avro;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads maps into unmodifiable maps, in the order of the bytes.
 *
 * @param values reads the values
 */
record MapReader(ValueReader values) implements ValueReader {

    @Override
    public Object read(Input in) {
        long count = in.readBlockCount();
        if (count == 0) {
            return Map.of();
        }
        in.enter();
        Map<String, Object> map = new LinkedHashMap<>();
        try {
            for (; count > 0; count = in.readBlockCount()) {
                for (long i = 0; i < count; i++) {
                    map.put(in.readString(), values.read(in));
                }
            }
        } catch (Misfit e) {
            throw e.inItem(map.size()); // Not the key: it comes from the bytes.
        }
        in.leave();
        return Collections.unmodifiableMap(map);
    }
}
