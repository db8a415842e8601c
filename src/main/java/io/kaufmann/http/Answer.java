package io.kaufmann.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * What is said to a request.
 *
 * @param code the status code
 * @param headers what it has besides those of all answers
 * @param body what is said
 */
record Answer(int code, Map<String, String> headers, byte[] body) {

    static final int OK = 200;
    static final int NOT_FOUND = 404;
    static final int WRONG_METHOD = 405;
    static final int WRONG_HOST = 421;
    static final int FAILED = 500;
    static final int UNAVAILABLE = 503;

    private static final String TYPE = "Content-Type";

    /** A text for people. */
    static Answer text(int code, String text) {
        return of(code, "text/plain; charset=utf-8", (text + "\n").getBytes(UTF_8));
    }

    static Answer of(int code, String type, byte[] body) {
        return new Answer(code, Map.of(TYPE, type), body);
    }
}
