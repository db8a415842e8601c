package io.kaufmann.internal.consume;

import java.time.Duration;

/**
 * What a consumer tries again and again. Immutable.
 *
 * @param lasting for how long
 * @param reason why it failed last
 */
public record Trouble(Duration lasting, String reason) {}
