package io.kaufmann;

import io.kaufmann.ConfigInputs.Input;
import io.kaufmann.SettingValues.Chosen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a configuration of what was given, or says everything that is wrong with it. */
final class ConfigResolver {

    private final ConfigInputs inputs;
    private final List<String> problems = new ArrayList<>();
    private final List<Throwable> causes = new ArrayList<>();
    private final SettingValues values = new SettingValues();

    ConfigResolver(ConfigInputs inputs) {
        this.inputs = inputs;
    }

    /** The settings' values and what is passed on to Kafka. */
    record Resolved(SettingValues values, KafkaProperties kafka) {}

    Resolved resolve() {
        problems.addAll(inputs.problems());
        Settings.all().forEach(this::resolve);
        new KafkaCheck(inputs.kafka(), problems).run();
        new CrossCheck(values, inputs, problems).run();
        if (problems.isEmpty()) {
            return new Resolved(values, new KafkaProperties(values.get(Settings.BOOTSTRAP_SERVERS), inputs.kafka()));
        }
        ConfigurationException failure = new ConfigurationException(problems);
        causes.forEach(failure::addSuppressed);
        throw failure;
    }

    private <T> void resolve(Setting<T> setting) {
        Optional<Input<T>> input = inputs.of(setting);
        if (input.isPresent()) {
            chosen(setting, input.get()).ifPresent(chosen -> values.put(setting, chosen));
        } else if (setting.grade() == Grade.ESSENTIAL && setting.fallback().isEmpty()) {
            problems.add(setting.missing());
        } else {
            setting.fallback()
                    .flatMap(fallback -> fallback.chosen().apply(values))
                    .ifPresent(chosen -> values.put(setting, chosen));
        }
    }

    private <T> Optional<Chosen<T>> chosen(Setting<T> setting, Input<T> input) {
        if (input instanceof Input.Text<T> text) {
            return parsed(setting, text);
        }
        T value = ((Input.Value<T>) input).value();
        if (value == null) {
            problems.add(setting.key() + " was given null. Give it a value or leave it out");
            return Optional.empty();
        }
        String shown = Secrets.shown(setting.key(), setting.type().show(value));
        try {
            setting.type().check().accept(value);
            return Optional.of(new Chosen<>(value, shown));
        } catch (WrongValueException e) {
            wrong(setting, Source.CODE, shown, e);
            return Optional.empty();
        }
    }

    private <T> Optional<Chosen<T>> parsed(Setting<T> setting, Input.Text<T> input) {
        String shown = Secrets.shown(setting.key(), input.text());
        if (input.text().isEmpty()) {
            problems.add(setting.key() + input.source().words() + " is empty. Write "
                    + setting.type().form() + ", or leave it out");
            return Optional.empty();
        }
        try {
            T value = setting.type().parse(input.text());
            setting.type().check().accept(value);
            return Optional.of(new Chosen<>(value, shown));
        } catch (WrongValueException e) {
            wrong(setting, input.source(), shown, e);
            return Optional.empty();
        }
    }

    private void wrong(Setting<?> setting, Source source, String shown, WrongValueException e) {
        problems.add(setting.key() + source.words() + ": '" + shown + "' " + e.getMessage() + ". "
                + e.advice().orElse("Write " + setting.type().form()));
        Optional.ofNullable(e.getCause()).ifPresent(causes::add);
    }
}
