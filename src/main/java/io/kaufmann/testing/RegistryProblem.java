package io.kaufmann.testing;

/** Something a registry answers with an error code instead of doing it. */
final class RegistryProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final int SUBJECT_NOT_FOUND = 40401;
    static final int VERSION_NOT_FOUND = 40402;
    static final int SCHEMA_NOT_FOUND = 40403;
    static final int SUBJECT_SOFT_DELETED = 40404;
    static final int SUBJECT_NOT_SOFT_DELETED = 40405;
    static final int VERSION_SOFT_DELETED = 40406;
    static final int VERSION_NOT_SOFT_DELETED = 40407;
    static final int LEVEL_NOT_CONFIGURED = 40408;
    static final int MODE_NOT_CONFIGURED = 40409;
    static final int INCOMPATIBLE = 409;
    static final int INVALID_SCHEMA = 42201;
    static final int INVALID_VERSION = 42202;
    static final int INVALID_LEVEL = 42203;
    static final int INVALID_MODE = 42204;
    static final int OPERATION_NOT_PERMITTED = 42205;
    static final int REFERENCE_EXISTS = 42206;

    private final int code;

    RegistryProblem(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Confluent's error code. */
    int code() {
        return code;
    }

    /** The HTTP status that goes with it: the code's first three digits. */
    int status() {
        return code < 1_000 ? code : code / 100;
    }

    boolean notFound() {
        return status() == 404 || code == INVALID_VERSION;
    }
}
