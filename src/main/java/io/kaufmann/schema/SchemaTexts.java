package io.kaufmann.schema;

import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** How schema texts are read and written here, in one place. */
final class SchemaTexts {

    private static final int LONGEST_QUOTE = 200;

    private SchemaTexts() {}

    /** A parser that takes whatever a registry took: other languages' clients check names and defaults less strictly. */
    static Schema.Parser parser() {
        return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
    }

    /**
     * The text as Avro itself writes it. Some registries compare texts byte by byte, so each schema must have one.
     *
     * @throws SchemaRejectedException when it is not an Avro schema that stands by itself
     */
    static String canonical(String subject, String text) {
        try {
            return parser().parse(text).toString();
        } catch (RuntimeException e) {
            throw new SchemaRejectedException("The schema for subject " + quote(subject) + " is not an Avro schema: "
                    + quote(String.valueOf(e.getMessage())) + ". Nothing was sent to the registry; mend the schema.");
        }
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
