package io.kaufmann.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.Schema;

/**
 * How deep types stand in each other, through names too. Measured without a call for each level, since that is what it
 * guards others against. Of the calling thread only.
 */
final class SchemaDepth {

    private static final class Level {
        final Schema schema;
        final Iterator<Schema> parts;
        int below;

        Level(Schema schema) {
            this.schema = schema;
            this.parts = parts(schema).iterator();
        }

        void holds(int depth) {
            below = Math.max(below, depth);
        }
    }

    private final int deepest;
    private final IdentityHashMap<Schema, Integer> depths = new IdentityHashMap<>();
    private final Deque<Level> path = new ArrayDeque<>();

    private SchemaDepth(int deepest) {
        this.deepest = deepest;
    }

    /** Whether types stand in each other deeper than this. One that stands in itself counts once. */
    static boolean exceeds(int deepest, Schema schema) {
        return new SchemaDepth(deepest).exceeds(schema);
    }

    private boolean exceeds(Schema schema) {
        enter(schema);
        while (!path.isEmpty() && path.size() <= deepest) {
            Level level = path.peek();
            if (level.parts.hasNext()) {
                enter(level.parts.next());
            } else {
                path.pop();
                depths.put(level.schema, level.below + 1);
                if (level.below >= deepest) {
                    return true;
                }
                hold(level.below + 1);
            }
        }
        return !path.isEmpty();
    }

    // What is known already, or is being measured above here, is not measured again.
    private void enter(Schema schema) {
        Integer known = depths.putIfAbsent(schema, 0);
        if (known == null) {
            path.push(new Level(schema));
        } else {
            hold(known);
        }
    }

    private void hold(int depth) {
        if (!path.isEmpty()) {
            path.peek().holds(depth);
        }
    }

    private static List<Schema> parts(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> schema.getFields().stream().map(Schema.Field::schema).toList();
            case ARRAY -> List.of(schema.getElementType());
            case MAP -> List.of(schema.getValueType());
            case UNION -> schema.getTypes();
            default -> List.of();
        };
    }
}
