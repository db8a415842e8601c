package io.kaufmann.internal.work;

import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.RetryPolicy;
import java.util.Set;
import java.util.function.Function;

/**
 * What becomes of events that fail.
 *
 * @param errorFormat makes an error's form in an error event
 * @param retries whether an event is handled again
 * @param deadLetters which topic keeps an event that failed for good
 * @param parking whether later events of a key follow one that went to the dead letters
 * @param readTopics the topics that the service reads, where no dead letter may go
 */
public record FailureRules(
        Function<Object, Object> errorFormat,
        RetryPolicy retries,
        DeadLetters deadLetters,
        boolean parking,
        Set<String> readTopics) {}
