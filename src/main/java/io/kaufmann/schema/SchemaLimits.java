package io.kaufmann.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * How large a schema may be. Whoever writes events may register schemas, and Avro's own parser, comparison and readers
 * call themselves for each level of one: what is too deep would end in a StackOverflowError in some worker.
 */
final class SchemaLimits {

    /** The characters of a schema with all those it refers to; registries take one megabyte as a rule. */
    static final int MOST_CHARACTERS = 4 << 20;

    /** How deep a schema's text may be nested. A record in a field of a record is three levels further down. */
    static final int DEEPEST_TEXT = 300;

    /** How deep schemas may stand in each other, counting those that are named and defined elsewhere. */
    static final int DEEPEST_SCHEMA = 300;

    /** How many types a schema may name with all those it refers to: Avro's parser goes through all of them for each. */
    static final int MOST_TYPES = 2_000;

    private static final Set<String> NAMED = Set.of("record", "error", "enum", "fixed");

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST_TEXT)
                    .maxTokenCount(400_000)
                    .build())
            // As Avro's parser does.
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();

    private SchemaLimits() {}

    /**
     * Refuses a text that is too large to be parsed, without building anything of it. What is no JSON passes.
     *
     * @throws IllegalArgumentException when it is; the message says by what measure
     */
    static void check(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("it has " + text.length() + " characters, more than " + MOST_CHARACTERS);
        }
        try (JsonParser tokens = JSON.createParser(text)) {
            int types = 0;
            for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
                types += token == JsonToken.VALUE_STRING && namesType(tokens) ? 1 : 0;
            }
            checkTypes(types);
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException(
                    "its JSON is nested deeper than " + DEEPEST_TEXT + " levels, or has too many parts", e);
        } catch (IOException e) {
            // Avro says better what is wrong with it.
            return;
        }
    }

    private static boolean namesType(JsonParser tokens) throws IOException {
        return "type".equals(tokens.currentName()) && NAMED.contains(tokens.getText());
    }

    /**
     * Refuses more named types than a schema may have.
     *
     * @throws IllegalArgumentException when there are
     */
    static void checkTypes(int types) {
        if (types > MOST_TYPES) {
            throw new IllegalArgumentException("it names more than " + MOST_TYPES + " types");
        }
    }

    /**
     * Refuses a schema in which others stand too deep, as they can through names though no text is nested.
     *
     * @throws IllegalArgumentException when it is
     */
    static void check(Schema schema) {
        Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Iterator<Schema>> path = new ArrayDeque<>();
        path.push(List.of(schema).iterator());
        while (!path.isEmpty()) {
            if (!path.peek().hasNext()) {
                path.pop();
                continue;
            }
            Schema next = path.peek().next();
            if (seen.add(next)) {
                path.push(children(next).iterator());
            }
            if (path.size() > DEEPEST_SCHEMA) {
                throw new IllegalArgumentException("types stand in each other more than " + DEEPEST_SCHEMA + " deep");
            }
        }
    }

    private static List<Schema> children(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> schema.getFields().stream().map(Schema.Field::schema).toList();
            case ARRAY -> List.of(schema.getElementType());
            case MAP -> List.of(schema.getValueType());
            case UNION -> schema.getTypes();
            default -> List.of();
        };
    }
}
