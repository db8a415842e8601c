package io.kaufmann.task;

import java.time.Instant;
import java.util.Optional;

/**
 * Which dead letters are meant: those that fit all that is stated. Immutable.
 *
 * @param group of this consumer group
 * @param event of this event, or of those that begin so if it ends in {@code *}
 * @param error with this text in the class or the message of what went wrong
 * @param key with this ordering key
 * @param since not from before
 * @param until from before
 */
record LetterFilter(
        Optional<String> group,
        Optional<String> event,
        Optional<String> error,
        Optional<String> key,
        Optional<Instant> since,
        Optional<Instant> until) {

    boolean accepts(Letter letter) {
        return group.filter(wanted -> !letter.group().equals(Optional.of(wanted)))
                        .isEmpty()
                && event.filter(wanted -> letter.event()
                                .filter(name -> fits(name, wanted))
                                .isEmpty())
                        .isEmpty()
                && error.filter(wanted -> !tells(letter, wanted)).isEmpty()
                && key.filter(wanted -> !letter.orderingKey().equals(Optional.of(wanted)))
                        .isEmpty()
                && since.filter(start -> letter.time().isBefore(start)).isEmpty()
                && until.filter(end -> !letter.time().isBefore(end)).isEmpty();
    }

    private static boolean fits(String name, String wanted) {
        return wanted.endsWith("*") ? name.startsWith(wanted.substring(0, wanted.length() - 1)) : name.equals(wanted);
    }

    private static boolean tells(Letter letter, String wanted) {
        return letter.errorClass().orElse("").contains(wanted)
                || letter.errorMessage().orElse("").contains(wanted);
    }
}
