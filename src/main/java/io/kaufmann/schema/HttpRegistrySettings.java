package io.kaufmann.schema;

import java.util.Optional;

/** The settings of a registry over Confluent's REST API. Immutable and thread-safe. */
final class HttpRegistrySettings implements RegistrySettings {

    private final HttpSetting<CompatibilityLevel> levels;
    private final HttpSetting<RegistryMode> modes;

    HttpRegistrySettings(RegistryCalls calls) {
        this.levels = new HttpSetting<>(
                calls,
                CompatibilityLevel.class,
                new HttpSetting.Names("compatibility level", "/config", "compatibilityLevel", "compatibility"));
        this.modes =
                new HttpSetting<>(calls, RegistryMode.class, new HttpSetting.Names("mode", "/mode", "mode", "mode"));
    }

    @Override
    public CompatibilityLevel level() {
        return levels.general();
    }

    @Override
    public Optional<CompatibilityLevel> level(String subject) {
        return levels.own(subject);
    }

    @Override
    public void setLevel(CompatibilityLevel level) {
        levels.setGeneral(level);
    }

    @Override
    public void setLevel(String subject, CompatibilityLevel level) {
        levels.setOwn(subject, level);
    }

    @Override
    public void clearLevel() {
        levels.clearGeneral();
    }

    @Override
    public void clearLevel(String subject) {
        levels.clearOwn(subject);
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
        modes.setGeneral(mode);
    }

    @Override
    public void setMode(String subject, RegistryMode mode) {
        modes.setOwn(subject, mode);
    }

    @Override
    public void clearMode(String subject) {
        modes.clearOwn(subject);
    }
}
