package io.kaufmann;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** One row of the table of settings. Whatever speaks of a setting (messages, documents, the environment) reads it here. */
final class Setting<T> {

    static final String PREFIX = "kaufmann.";
    static final String ENVIRONMENT_PREFIX = "KAUFMANN_";

    private final String name;
    private final Grade grade;
    private final SettingType<T> type;
    private final String description;
    private final Fallback<T> fallback;
    private final String kaufmannEx;
    private final String method;

    private Setting(
            String name,
            Grade grade,
            SettingType<T> type,
            String description,
            Fallback<T> fallback,
            String kaufmannEx,
            String method) {
        this.name = name;
        this.grade = grade;
        this.type = type;
        this.description = description;
        this.fallback = fallback;
        this.kaufmannEx = kaufmannEx;
        this.method = method;
    }

    /**
     * What holds when a setting is not stated.
     *
     * @param words how documents speak of it
     * @param chosen makes it from the settings above in the table; empty when one of these is missing
     */
    record Fallback<T>(String words, Function<SettingValues, Optional<SettingValues.Chosen<T>>> chosen) {}

    static <T> Setting<T> essential(String name, SettingType<T> type, String description) {
        return new Setting<>(name, Grade.ESSENTIAL, type, description, null, null, camelCase(name));
    }

    static <T> Setting<T> frequent(String name, SettingType<T> type, String description) {
        return new Setting<>(name, Grade.FREQUENT, type, description, null, null, camelCase(name));
    }

    static <T> Setting<T> rare(String name, SettingType<T> type, String description) {
        return new Setting<>(name, Grade.RARE, type, description, null, null, camelCase(name));
    }

    /** With a default. */
    Setting<T> or(T value) {
        String shown = type.show(value);
        return or(shown, values -> Optional.of(value));
    }

    /** With a default that the setting's own type reads. */
    Setting<T> orText(String text) {
        SettingValues.Chosen<T> chosen = new SettingValues.Chosen<>(type.parse(text), text);
        return with(new Fallback<>(text, values -> Optional.of(chosen)));
    }

    /** With a default that depends on other settings or on the machine. */
    Setting<T> or(String words, Function<SettingValues, Optional<T>> value) {
        return with(new Fallback<>(
                words, values -> value.apply(values).map(v -> new SettingValues.Chosen<>(v, type.show(v)))));
    }

    private Setting<T> with(Fallback<T> other) {
        return new Setting<>(name, grade, type, description, other, kaufmannEx, method);
    }

    /** With its counterpart in KaufmannEx. */
    Setting<T> was(String key) {
        return new Setting<>(name, grade, type, description, fallback, key, method);
    }

    /** With a builder method that is not named like the key. */
    Setting<T> method(String other) {
        return new Setting<>(name, grade, type, description, fallback, kaufmannEx, other);
    }

    private static String camelCase(String dotted) {
        StringBuilder camel = new StringBuilder();
        for (String part : dotted.split("\\.", -1)) {
            camel.append(camel.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return camel.toString();
    }

    /** In properties: {@code kaufmann.max.demand}. */
    String key() {
        return PREFIX + name;
    }

    /** In the environment: {@code KAUFMANN_MAX_DEMAND}. */
    String variable() {
        return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** On the builder and the configuration: {@code maxDemand}. */
    String method() {
        return method;
    }

    Grade grade() {
        return grade;
    }

    SettingType<T> type() {
        return type;
    }

    /** One line. */
    String description() {
        return description;
    }

    /** The problem of a setting that must be stated and is not. */
    String missing() {
        return key() + " is missing. Write " + type.form() + " (in the environment " + variable() + ", in code "
                + method + ")";
    }

    Optional<Fallback<T>> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** The key of KaufmannEx with this meaning. */
    Optional<String> kaufmannEx() {
        return Optional.ofNullable(kaufmannEx);
    }

    @Override
    public String toString() {
        return key();
    }
}
