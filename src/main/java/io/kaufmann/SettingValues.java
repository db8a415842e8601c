package io.kaufmann;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** The value of each setting that has one, with how to show it. Not changed once a configuration holds it. */
final class SettingValues {

    /**
     * A value.
     *
     * @param value the value
     * @param shown how it is shown; tells no secret
     */
    record Chosen<T>(T value, String shown) {}

    private final Map<Setting<?>, Chosen<?>> chosen = new LinkedHashMap<>();

    <T> void put(Setting<T> setting, Chosen<T> value) {
        chosen.put(setting, value);
    }

    // put() takes nothing but a value of the setting's own type.
    @SuppressWarnings("unchecked")
    <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((Chosen<T>) chosen.get(setting)).map(Chosen::value);
    }

    /** The value of a setting that is essential or has a default. */
    <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new IllegalStateException(setting + " has no value"));
    }

    void show(StringJoiner text) {
        chosen.forEach((setting, value) -> text.add(setting.key() + "=" + value.shown()));
    }
}
