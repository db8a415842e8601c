package io.kaufmann;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of settings whose values have units: times and sizes. */
final class QuantityTypes {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15})\\s*([a-zA-Z]*)");
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Map<String, Duration> TIME_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final List<String> TIME_UNITS_DOWN = List.of("d", "h", "m", "s", "ms");
    private static final Map<String, Long> SIZE_UNITS =
            Map.of("", 1L, "b", 1L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30);
    private static final List<String> SIZE_UNITS_DOWN = List.of("GiB", "MiB", "KiB");

    private QuantityTypes() {}

    /** A time from a millisecond on. */
    static SettingType<Duration> duration() {
        return duration(Duration.ofMillis(1));
    }

    static SettingType<Duration> duration(Duration least) {
        return SettingType.of(
                        "a time with its unit, from " + show(least) + " to " + show(LONGEST)
                                + ", such as 500ms, 30s, 10m, 2h or PT30S",
                        QuantityTypes::parseDuration,
                        QuantityTypes::show)
                .checked(value -> between(least, value));
    }

    static SettingType<Long> size(long least) {
        return SettingType.of(
                        "a size from " + showSize(least)
                                + ", such as 512KiB, 64MiB or 1GiB; without a unit it is bytes",
                        QuantityTypes::parseSize,
                        QuantityTypes::showSize)
                .checked(value -> atLeast(least, value));
    }

    private static Duration parseDuration(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            return parseIso(text);
        }
        String unit = matcher.group(2).toLowerCase(Locale.ROOT);
        if (unit.isEmpty()) {
            // KaufmannEx and Kafka mean milliseconds, many a reader seconds: asking costs a start, guessing an
            // incident.
            throw new WrongValueException("has no unit", "Write " + text + "ms or " + text + "s, whichever is meant");
        }
        if (!TIME_UNITS.containsKey(unit)) {
            throw new WrongValueException("has an unknown unit");
        }
        try {
            return TIME_UNITS.get(unit).multipliedBy(Long.parseLong(matcher.group(1)));
        } catch (ArithmeticException e) {
            throw new WrongValueException("is too long");
        }
    }

    private static Duration parseIso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new WrongValueException("is not a time");
        }
    }

    private static void between(Duration least, Duration value) {
        if (value.compareTo(least) < 0) {
            throw new WrongValueException("is too short");
        }
        if (value.compareTo(LONGEST) > 0) {
            throw new WrongValueException("is too long");
        }
    }

    static String show(Duration value) {
        if (value.isZero()) {
            return "0s";
        }
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            return value.toString();
        }
        return TIME_UNITS_DOWN.stream()
                .filter(unit -> isMultiple(value, TIME_UNITS.get(unit)))
                .findFirst()
                .map(unit -> value.dividedBy(TIME_UNITS.get(unit)) + unit)
                .orElseGet(value::toString);
    }

    private static boolean isMultiple(Duration value, Duration unit) {
        return unit.multipliedBy(value.dividedBy(unit)).equals(value);
    }

    private static long parseSize(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw new WrongValueException("is not a size");
        }
        Long unit = SIZE_UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw new WrongValueException("has an unknown unit");
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new WrongValueException("is too large");
        }
    }

    private static void atLeast(long least, long value) {
        if (value < least) {
            throw new WrongValueException("is too small");
        }
    }

    private static String showSize(long bytes) {
        for (String unit : SIZE_UNITS_DOWN) {
            long of = SIZE_UNITS.get(unit.toLowerCase(Locale.ROOT));
            if (bytes > 0 && bytes % of == 0) {
                return bytes / of + unit;
            }
        }
        return bytes + "B";
    }
}
