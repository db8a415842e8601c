package io.kaufmann.testing;

import io.kaufmann.schema.RegistryMode;

/** Which mode holds for which subject. Thread-safe. */
final class RegistryModes extends PerSubject<RegistryMode> {

    RegistryModes() {
        super(RegistryMode.READWRITE);
    }

    /** The mode that holds for a subject. */
    @Override
    synchronized RegistryMode of(String subject) {
        return general() == RegistryMode.READONLY_OVERRIDE ? general() : super.of(subject);
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
