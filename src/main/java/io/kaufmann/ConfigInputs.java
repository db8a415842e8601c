package io.kaufmann;

import io.kaufmann.KafkaClient.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was given for a configuration so far, from all sources: of each key the last. Nothing is judged before the end. */
final class ConfigInputs {

    /** A value as it was given. */
    sealed interface Input<T> {

        /** An object, from the builder; null when a user gave that. */
        record Value<T>(T value) implements Input<T> {}

        /** A text that the setting's type is to read. */
        record Text<T>(String text, Source source) implements Input<T> {

            /** Without the text, which may be a secret. */
            @Override
            public String toString() {
                return "a text from " + source;
            }
        }
    }

    private final Map<Setting<?>, Input<?>> inputs = new LinkedHashMap<>();
    private final Map<String, KafkaInput> kafka = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    <T> void value(Setting<T> setting, T value) {
        inputs.put(setting, new Input.Value<>(value));
    }

    <T> void text(Setting<T> setting, String text, Source source) {
        inputs.put(setting, new Input.Text<T>(text, source));
    }

    void kafka(Scope scope, String name, String value, Source source) {
        KafkaInput input = new KafkaInput(scope, name, value, source);
        kafka.put(input.key(), input);
    }

    /** A key of properties; those of neither Kaufmann nor Kafka are somebody else's. */
    void property(String key, String text, Source source) {
        Optional<Scope> scope = Scope.of(key);
        if (scope.isPresent()) {
            kafka(scope.get(), key.substring(scope.get().prefix().length()), text, source);
        } else if (key.startsWith(Setting.PREFIX)) {
            Optional<Setting<?>> setting = Settings.byKey(key);
            setting.ifPresentOrElse(
                    known -> text(known, text, source), () -> problem(UnknownKeys.property(key, source)));
        }
    }

    void problem(String problem) {
        problems.add(problem);
    }

    // text() and value() give each setting nothing but an input of its own type.
    @SuppressWarnings("unchecked")
    <T> Optional<Input<T>> of(Setting<T> setting) {
        return Optional.ofNullable((Input<T>) inputs.get(setting));
    }

    List<KafkaInput> kafka() {
        return List.copyOf(kafka.values());
    }

    /** What is wrong with the sources themselves. */
    List<String> problems() {
        return List.copyOf(problems);
    }
}
