package io.kaufmann.testing;

import io.kaufmann.schema.CompatibilityLevel;
import io.kaufmann.schema.RegistryMode;
import io.kaufmann.schema.RegistrySettings;
import java.util.Objects;
import java.util.Optional;

/** The settings of a registry in memory. Thread-safe. */
final class InMemoryRegistrySettings implements RegistrySettings {

    private final CompatibilityRules rules;
    private final RegistryModes modes;

    InMemoryRegistrySettings(SchemaStore store) {
        this.rules = store.rules();
        this.modes = store.modes();
    }

    @Override
    public CompatibilityLevel level() {
        return rules.general();
    }

    @Override
    public Optional<CompatibilityLevel> level(String subject) {
        return rules.own(subject);
    }

    @Override
    public void setLevel(CompatibilityLevel level) {
        rules.general(Objects.requireNonNull(level, "level"));
    }

    @Override
    public void setLevel(String subject, CompatibilityLevel level) {
        rules.own(subject, Objects.requireNonNull(level, "level"));
    }

    @Override
    public void clearLevel() {
        rules.general(CompatibilityLevel.BACKWARD);
    }

    @Override
    public void clearLevel(String subject) {
        rules.forget(subject);
    }

    @Override
    public RegistryMode mode() {
        return modes.general();
    }

    @Override
    public Optional<RegistryMode> mode(String subject) {
        return modes.own(subject);
    }

    @Override
    public void setMode(RegistryMode mode) {
        modes.general(Objects.requireNonNull(mode, "mode"));
    }

    @Override
    public void setMode(String subject, RegistryMode mode) {
        modes.own(subject, Objects.requireNonNull(mode, "mode"));
    }

    @Override
    public void clearMode(String subject) {
        modes.forget(subject);
    }
}
