package io.kaufmann.schema;

import java.util.Optional;

/**
 * What holds in a registry for all subjects and for single ones. Every call may block for a request, may be made by many
 * threads at once, and fails as those of {@link SchemaRegistry} do; with {@link UnsupportedOperationException} when the
 * registry does not offer it (Apicurio 3.0 has no mode and does not clear the general level).
 */
public interface RegistrySettings {

    /** The compatibility level of all subjects that have none of their own. */
    CompatibilityLevel level();

    /**
     * The subject's own compatibility level; empty when it has none, and the general one holds. For a subject without one
     * Apicurio tells the general one here.
     */
    Optional<CompatibilityLevel> level(String subject);

    /** Sets the compatibility level of all subjects that have none of their own. */
    void setLevel(CompatibilityLevel level);

    /** Sets a subject's own compatibility level. Some registries take it only for a subject that exists. */
    void setLevel(String subject, CompatibilityLevel level);

    /** Goes back to the compatibility level that the registry was set up with. */
    void clearLevel();

    /** Takes a subject's own compatibility level away; nothing happens when it has none. */
    void clearLevel(String subject);

    /** The mode of all subjects that have none of their own. */
    RegistryMode mode();

    /** The subject's own mode; empty when it has none, and the general one holds. */
    Optional<RegistryMode> mode(String subject);

    /** Sets the mode of all subjects that have none of their own. */
    void setMode(RegistryMode mode);

    /** Sets a subject's own mode. */
    void setMode(String subject, RegistryMode mode);

    /** Takes a subject's own mode away; nothing happens when it has none. */
    void clearMode(String subject);
}
