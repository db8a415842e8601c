package io.kaufmann.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a registry lets set for all subjects and for single ones. Immutable and thread-safe.
 *
 * @param <E> its values
 */
final class HttpSetting<E extends Enum<E>> {

    /**
     * How it is called.
     *
     * @param words in messages
     * @param path in the URL
     * @param read the JSON field when it is read
     * @param written the JSON field when it is set
     */
    record Names(String words, String path, String read, String written) {}

    private final RegistryCalls calls;
    private final Class<E> values;
    private final Names names;

    HttpSetting(RegistryCalls calls, Class<E> values, Names names) {
        this.calls = calls;
        this.values = values;
        this.names = names;
    }

    E general() {
        return value(RegistryRequest.get("read the " + names.words(), names.path()));
    }

    Optional<E> own(String subject) {
        String aim = "read the " + ofSubject(subject);
        calls.requirePossible(aim, subject);
        try {
            return Optional.of(value(RegistryRequest.get(aim, path(subject))));
        } catch (SchemaNotFoundException e) {
            return Optional.empty();
        }
    }

    void setGeneral(E value) {
        // Apicurio answers 404 to NONE where it is that already.
        if (general() != value) {
            ask(RegistryRequest.put("set the " + names.words(), names.path(), body(value)));
        }
    }

    void setOwn(String subject, E value) {
        String aim = "set the " + ofSubject(subject);
        calls.requireAllowed(aim, subject);
        ask(RegistryRequest.put(aim, path(subject), body(value)));
    }

    void clearGeneral() {
        ask(RegistryRequest.delete("clear the " + names.words(), names.path()));
    }

    void clearOwn(String subject) {
        String aim = "clear the " + ofSubject(subject);
        calls.requirePossible(aim, subject);
        try {
            ask(RegistryRequest.delete(aim, path(subject)));
        } catch (SchemaNotFoundException e) {
            // It has none, which is what was asked for.
        }
    }

    private String ofSubject(String subject) {
        return names.words() + " of subject " + SchemaTexts.quote(subject);
    }

    private String path(String subject) {
        return names.path() + "/" + RegistryRequest.segment(subject);
    }

    private JsonNode body(E value) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(names.written(), Objects.requireNonNull(value, "value").name());
    }

    /** Some registries lack some of this, and answer with nothing at all. */
    private JsonNode ask(RegistryRequest request) {
        RegistryAnswer answer = calls.send(request);
        int status = answer.status();
        boolean nothing = status == 204
                || status == 405
                || (status == 404 && answer.errorCode().isEmpty());
        if (nothing && calls.isRegistry()) {
            throw new UnsupportedOperationException("Cannot " + request.aim() + ": schema registry " + answer.from()
                    + " does not offer this, it answered " + answer.summary() + ".");
        }
        return calls.any(request, answer);
    }

    private E value(RegistryRequest request) {
        String name = ask(request).path(names.read()).asText();
        return Arrays.stream(values.getEnumConstants())
                .filter(value -> value.name().equals(name))
                .findAny()
                .orElseThrow(() -> new RegistryUnavailableException(
                        "Cannot " + request.aim() + " at schema registry " + calls.location() + ": it answered "
                                + SchemaTexts.quote(name) + ", which is none of "
                                + Arrays.toString(values.getEnumConstants()) + ".",
                        null));
    }
}
