package io.kaufmann.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** How schema texts are read and written here, in one place. */
final class SchemaTexts {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LONGEST_QUOTE = 200;

    private SchemaTexts() {}

    /** A parser that takes whatever a registry took: other languages' clients check names and defaults less strictly. */
    static Schema.Parser parser() {
        return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
    }

    /**
     * Parses a text that passed {@link SchemaLimits#check(String)}.
     *
     * @throws RuntimeException when it is no schema
     */
    static Schema parse(Schema.Parser parser, String text) {
        try {
            return parser.parse(text);
        } catch (StackOverflowError e) {
            // The limits are for stacks of the usual size; this thread's is smaller.
            throw new IllegalArgumentException("it is nested too deep for this thread's stack", e);
        }
    }

    /**
     * The text as Avro itself writes it. Some registries compare texts byte by byte, so each schema must have one.
     *
     * @throws SchemaRejectedException when it is not an Avro schema that stands by itself
     */
    static String canonical(String subject, String text) {
        try {
            SchemaLimits.check(text);
            Schema schema = parse(parser(), text);
            SchemaLimits.check(schema);
            return schema.toString();
        } catch (RuntimeException e) {
            throw rejected(subject, e);
        }
    }

    /**
     * The text of a schema that names others, without what is between its parts. Avro would write the others into it.
     *
     * @throws SchemaRejectedException when it is not JSON
     */
    static String compact(String subject, String text) {
        try {
            SchemaLimits.check(text);
            return MAPPER.readTree(text).toString();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw rejected(subject, e);
        }
    }

    private static SchemaRejectedException rejected(String subject, Exception e) {
        return new SchemaRejectedException("The schema for subject " + quote(subject) + " is not an Avro schema: "
                + quote(String.valueOf(e.getMessage())) + ". Nothing was sent to the registry; mend the schema.");
    }

    /** What a registry throws that lacks something, completing "offers no ...". */
    static UnsupportedOperationException notOffered(SchemaRegistry registry, String what) {
        return new UnsupportedOperationException(
                registry.getClass().getName() + " at " + registry.location() + " offers no " + what + ".");
    }

    /** A text from elsewhere, made safe for a message: without control characters, cut, in quotes. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("'");
        text.chars().limit(LONGEST_QUOTE).forEach(c -> {
            if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append(text.length() > LONGEST_QUOTE ? "...'" : "'").toString();
    }
}
