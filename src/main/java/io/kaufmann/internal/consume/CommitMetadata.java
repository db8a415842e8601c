package io.kaufmann.internal.consume;

import io.kaufmann.internal.handoff.ParkedKeys.Round;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a commit tells beside its offset: {@code kaufmann/1 partitions=8 until=... parked=... gaps=...}. Immutable.
 *
 * <p>Whatever else stands there, or in one of its parts, is passed over: anybody who may commit for the group can write it.
 *
 * @param partitionsAtFirst how many partitions the topic had when the group first came to it; empty in a commit by something
 *     other than Kaufmann
 * @param finished the events at and beyond the offset that are finished
 * @param parked the keys, by their hash, whose events go to the dead letters
 * @param until the offset that ends a replay which is under way; empty when there is none
 */
record CommitMetadata(OptionalInt partitionsAtFirst, GapMap finished, Map<Long, Round> parked, OptionalLong until) {

    // 100 keys or so. What is beyond that is known to this process alone.
    static final int MOST_PARKED = 100;

    /** As a limit for the gap map: neither gaps nor parked keys are written. */
    static final int NO_KEYS = -1;
    /** As a limit for the gap map: nothing is written. */
    static final int NOTHING = -2;

    // What a broker takes by default (offset.metadata.max.bytes) is 4,096.
    private static final int LONGEST_WRITTEN = 4_000;
    private static final String GAPS = " gaps=";

    private static final int LONGEST = 32_768;
    private static final Pattern FORM = Pattern.compile(
            "kaufmann/1 partitions=(\\d{1,9})(?: until=(\\d{1,18}))?(?: parked=([0-9a-z,.-]{1,16000}))?(?: gaps=([!-~]{1,16000}))?(?: .*)?");
    private static final int RADIX = 36;

    static CommitMetadata parse(String text, long offset) {
        Matcher matcher = FORM.matcher(text.length() > LONGEST ? "" : text);
        if (!matcher.matches()) {
            return new CommitMetadata(OptionalInt.empty(), GapMap.none(), Map.of(), OptionalLong.empty());
        }
        return new CommitMetadata(
                OptionalInt.of(Integer.parseInt(matcher.group(1))),
                matcher.group(4) == null ? GapMap.none() : GapMap.parse(matcher.group(4), offset),
                matcher.group(3) == null ? Map.of() : parseParked(matcher.group(3)),
                matcher.group(2) == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(matcher.group(2))));
    }

    /**
     * As it is written with an offset. The gap map is left out when it takes more characters than this, or makes the whole longer
     * than a broker takes by default and this limit does not exceed that; of the parked keys, as many are told as leave the whole
     * within what a broker takes by default.
     */
    String text(long offset, int gapMapLimit) {
        if (gapMapLimit == NOTHING) {
            return "";
        }
        StringBuilder text = new StringBuilder("kaufmann/1 partitions=").append(partitionsAtFirst.orElse(1));
        until.ifPresent(offsetAfter -> text.append(" until=").append(offsetAfter));
        if (gapMapLimit == NO_KEYS) {
            return text.toString();
        }
        if (!parked.isEmpty()) {
            text.append(" parked=").append(parkedText(LONGEST_WRITTEN - text.length() - " parked=".length()));
        }
        int room = Math.max(LONGEST_WRITTEN, gapMapLimit) - text.length() - GAPS.length();
        finished.text(offset, Math.min(gapMapLimit, room))
                .ifPresent(gaps -> text.append(GAPS).append(gaps));
        return text.toString();
    }

    private String parkedText(int most) {
        StringBuilder text = new StringBuilder();
        parked.entrySet().stream()
                .limit(MOST_PARKED)
                .map(entry -> Long.toString(entry.getKey(), RADIX)
                        + '.'
                        + Long.toString(entry.getValue().first(), RADIX)
                        + '.'
                        + Long.toString(entry.getValue().last(), RADIX))
                .takeWhile(key -> text.length() + 1 + key.length() <= most)
                .forEach(key -> text.append(text.isEmpty() ? "" : ",").append(key));
        return text.toString();
    }

    private static Map<Long, Round> parseParked(String text) {
        Map<Long, Round> parked = new TreeMap<>();
        try {
            for (String part : text.split(",", -1)) {
                String[] numbers = part.split("\\.", -1);
                long first = Long.parseLong(numbers[1], RADIX);
                long last = Long.parseLong(numbers[2], RADIX);
                if (numbers.length != 3 || first < 0 || last < first) {
                    return Map.of();
                }
                parked.put(Long.parseLong(numbers[0], RADIX), new Round(first, last));
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Map.of();
        }
        return parked;
    }
}
