package io.kaufmann.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Redrive} did, or would do. Immutable.
 *
 * @param from the dead-letter topic
 * @param rememberedBy the consumer group whose commits tell what was redriven
 * @param dryRun whether nothing was sent
 * @param read how many letters were looked at
 * @param sent how many were sent and acknowledged; in a dry run, how many would be sent
 * @param filteredOut how many were not meant
 * @param alreadyRedriven how many were meant, and sent by an earlier run
 * @param exhausted how many were meant, and sent as often as is allowed
 * @param withoutOrigin how many were meant, and tell no topic to send them to
 * @param counts what was sent, by event, error and target
 * @param first the first letters that were sent
 * @param firstExhausted the first of those that were sent as often as is allowed
 * @param stopped whether it was stopped, or reached its limit, before the end
 * @param failure why it ended before the end; empty when it did not fail
 * @param warnings what else a person should know
 */
public record RedriveReport(
        String from,
        String rememberedBy,
        boolean dryRun,
        long read,
        long sent,
        long filteredOut,
        long alreadyRedriven,
        long exhausted,
        long withoutOrigin,
        List<Count> counts,
        List<Sent> first,
        List<Sent> firstExhausted,
        boolean stopped,
        Optional<String> failure,
        List<String> warnings) {

    /** Keeps copies. */
    public RedriveReport {
        counts = List.copyOf(counts);
        first = List.copyOf(first);
        firstExhausted = List.copyOf(firstExhausted);
        warnings = List.copyOf(warnings);
    }

    /**
     * How many letters of a kind there were.
     *
     * @param event the event's name
     * @param error what went wrong: an exception's class, or a message
     * @param target the topic that they go to
     * @param letters how many
     */
    public record Count(String event, String error, String target, long letters) {}

    /**
     * One letter.
     *
     * @param place its topic, partition and offset: {@code orders.dead-0@17}
     * @param event the event's name
     * @param key the event's ordering key
     * @param error what went wrong: an exception's class, or a message
     * @param time when it became a dead letter
     * @param target the topic and partition that it goes to; empty when it goes nowhere
     * @param count how often it was redriven before
     */
    public record Sent(
            String place,
            Optional<String> event,
            Optional<String> key,
            String error,
            Instant time,
            Optional<String> target,
            int count) {}
}
