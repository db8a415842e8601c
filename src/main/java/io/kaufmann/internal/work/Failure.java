package io.kaufmann.internal.work;

import io.kaufmann.handler.DeadLetter.Stage;

/**
 * Why an event failed for good.
 *
 * @param stage where it failed
 * @param error what went wrong: a throwable, or what the handler said
 */
record Failure(Stage stage, Object error) {}
