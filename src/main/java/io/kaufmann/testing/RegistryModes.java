package io.kaufmann.testing;

import io.kaufmann.schema.RegistryMode;
import java.util.Optional;
import java.util.TreeMap;

/** Which mode holds for which subject. Thread-safe. */
final class RegistryModes {

    // Guarded by this.
    private final TreeMap<String, RegistryMode> bySubject = new TreeMap<>();
    private RegistryMode general = RegistryMode.READWRITE;

    synchronized RegistryMode general() {
        return general;
    }

    synchronized void general(RegistryMode mode) {
        general = mode;
    }

    /** The subject's own mode. */
    synchronized Optional<RegistryMode> own(String subject) {
        return Optional.ofNullable(bySubject.get(subject));
    }

    synchronized void own(String subject, RegistryMode mode) {
        bySubject.put(subject, mode);
    }

    /** Takes a subject's own mode away and returns it. */
    synchronized Optional<RegistryMode> forget(String subject) {
        return Optional.ofNullable(bySubject.remove(subject));
    }

    /** The mode that holds for a subject. */
    synchronized RegistryMode of(String subject) {
        return general == RegistryMode.READONLY_OVERRIDE ? general : bySubject.getOrDefault(subject, general);
    }

    /** Refuses a change of a subject that may only be read. */
    void requireWritable(String subject) {
        RegistryMode mode = of(subject);
        if (mode == RegistryMode.READONLY || mode == RegistryMode.READONLY_OVERRIDE) {
            throw new RegistryProblem(
                    RegistryProblem.OPERATION_NOT_PERMITTED, "Subject " + subject + " is in read-only mode");
        }
    }
}
