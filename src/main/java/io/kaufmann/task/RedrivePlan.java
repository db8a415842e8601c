package io.kaufmann.task;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a {@link Redrive} is to do. Immutable.
 *
 * @param from the dead-letter topic
 * @param to the topic that all letters go to; empty for each its own
 * @param filter which letters are meant
 * @param limit how many to send at most
 * @param maxTimes how often a letter may be redriven
 * @param rate how many to send in a second at most
 * @param rememberedBy the group whose commits tell what was redriven
 * @param newTime whether letters get the time of now, instead of their events' own
 * @param again whether what was redriven is sent once more
 */
record RedrivePlan(
        String from,
        Optional<String> to,
        LetterFilter filter,
        OptionalLong limit,
        int maxTimes,
        OptionalInt rate,
        String rememberedBy,
        boolean newTime,
        boolean again) {}
