package io.kaufmann;

import io.kaufmann.KafkaClient.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** A Kafka setting as one kind of client gets it: its own goes before the common one. */
    Optional<KafkaInput> kafka(Scope client, String name) {
        return Optional.ofNullable(kafka.get(client.prefix() + name))
                .or(() -> Optional.ofNullable(kafka.get(Scope.COMMON.prefix() + name)));
    }

    /** A time among these, or Kafka's default for it. Empty when it cannot be told yet, or is a problem already. */
    Optional<Duration> time(Scope client, String name) {
        Object fallback =
                client.clients().get(0).key(name).map(key -> key.defaultValue).orElse(null);
        Object stated = kafka(client, name).<Object>map(KafkaInput::value).orElse(fallback);
        try {
            return Optional.of(
                    Duration.ofMillis(Long.parseLong(Objects.toString(stated).strip())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** What is wrong with the sources themselves. */
    List<String> problems() {
        return List.copyOf(problems);
    }
}
