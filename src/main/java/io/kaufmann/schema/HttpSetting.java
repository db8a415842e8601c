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
        RegistryRequest request = RegistryRequest.get("read the " + names.words(), names.path());
        return value(request, calls.object(request, names.read()));
    }

    Optional<E> own(String subject) {
        String aim = "read the " + ofSubject(subject);
        calls.requirePossible(aim, subject);
        RegistryRequest request = RegistryRequest.get(aim, path(subject));
        try {
            return Optional.of(value(request, calls.object(request, names.read())));
        } catch (SchemaNotFoundException e) {
            return Optional.empty();
        }
    }

    void setGeneral(E value) {
        calls.any(RegistryRequest.put("set the " + names.words(), names.path(), body(value)));
    }

    void setOwn(String subject, E value) {
        String aim = "set the " + ofSubject(subject);
        calls.requireAllowed(aim, subject);
        calls.any(RegistryRequest.put(aim, path(subject), body(value)));
    }

    void clearGeneral() {
        calls.any(RegistryRequest.delete("clear the " + names.words(), names.path()));
    }

    void clearOwn(String subject) {
        String aim = "clear the " + ofSubject(subject);
        calls.requirePossible(aim, subject);
        try {
            calls.any(RegistryRequest.delete(aim, path(subject)));
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

    private E value(RegistryRequest request, JsonNode answer) {
        String name = answer.path(names.read()).asText();
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
