package io.kaufmann.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * How large a schema may be. Whoever writes events may register schemas, and Avro's own parser, comparison and readers
 * call themselves for each level of one: what is too deep would end in a StackOverflowError in some worker.
 */
final class SchemaLimits {

    /** The characters of a schema with all those it refers to; registries take one megabyte as a rule. */
    static final int MOST_CHARACTERS = 4 << 20;

    /**
     * How deep a schema's text may be nested, and types may stand in each other. A record in a field of a record is three
     * levels further down in the text. Half of what a thread's stack of 1 MB can bear.
     */
    static final int DEEPEST = 500;

    /** Records, enums and fixed; Avro's parser visits all that each of them reaches, so its time grows with the square. */
    static final int MOST_TYPES = 2_000;

    private static final Set<String> NAMED = Set.of("record", "error", "enum", "fixed");

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxTokenCount(400_000)
                    .build())
            // As Avro's parser does.
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();

    private SchemaLimits() {}

    /**
     * Refuses a text that is too large to be parsed, without building anything of it. What is no JSON passes.
     *
     * @return how many records, enums and fixed it defines
     * @throws IllegalArgumentException when it is; the message says by what measure
     */
    static int check(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("it has " + text.length() + " characters, more than " + MOST_CHARACTERS);
        }
        try (JsonParser tokens = JSON.createParser(text)) {
            int types = 0;
            for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
                boolean named = token == JsonToken.VALUE_STRING
                        && "type".equals(tokens.currentName())
                        && NAMED.contains(tokens.getText());
                types += named ? 1 : 0;
            }
            return requireFew(types);
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException(
                    "its JSON is nested deeper than " + DEEPEST + " levels, or has too many parts", e);
        } catch (IOException e) {
            // Avro says better what is wrong with it.
            return 0;
        }
    }

    private static int requireFew(int types) {
        if (types > MOST_TYPES) {
            throw new IllegalArgumentException("it defines more than " + MOST_TYPES + " types");
        }
        return types;
    }

    /**
     * Refuses a schema in which others stand too deep, as they can through names though no text is nested.
     *
     * @throws IllegalArgumentException when it is
     */
    static void check(Schema schema) {
        if (SchemaDepth.exceeds(DEEPEST, schema)) {
            throw new IllegalArgumentException("types stand too deep in each other, more than " + DEEPEST + " levels");
        }
    }
}
