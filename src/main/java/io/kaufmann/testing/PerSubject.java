package io.kaufmann.testing;

import java.util.Optional;
import java.util.TreeMap;

/** A setting of a registry: one value for all subjects, and others for single ones. Thread-safe. */
abstract class PerSubject<T> {

    // Guarded by this.
    private final TreeMap<String, T> bySubject = new TreeMap<>();
    private T general;

    PerSubject(T general) {
        this.general = general;
    }

    synchronized T general() {
        return general;
    }

    synchronized void general(T value) {
        general = value;
    }

    /** The subject's own value. */
    synchronized Optional<T> own(String subject) {
        return Optional.ofNullable(bySubject.get(subject));
    }

    synchronized void own(String subject, T value) {
        bySubject.put(subject, value);
    }

    /** Takes a subject's own value away and returns it. */
    synchronized Optional<T> forget(String subject) {
        return Optional.ofNullable(bySubject.remove(subject));
    }

    /** The value that holds for a subject. */
    synchronized T of(String subject) {
        return bySubject.getOrDefault(subject, general);
    }
}
