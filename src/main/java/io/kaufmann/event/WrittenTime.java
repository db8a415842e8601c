package io.kaufmann.event;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The time as KaufmannEx writes it: in UTC, with microseconds, such as {@code 2018-01-01 12:00:00.123456Z}. Each event that is sent
 * has one, so that the part that changes once a second is kept. Thread-safe.
 */
final class WrittenTime {

    private static final DateTimeFormatter TO_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MICRO_DIGITS = 6;

    // Any thread: whichever it sees does, since it compares.
    private static Second recent = new Second(0, TO_SECONDS.format(Instant.EPOCH));

    private record Second(long epochSecond, String text) {}

    private WrittenTime() {}

    static String of(Instant time) {
        Second second = recent;
        if (second.epochSecond() != time.getEpochSecond()) {
            second = new Second(time.getEpochSecond(), TO_SECONDS.format(time));
            recent = second;
        }
        String micros = Integer.toString(time.getNano() / 1_000);
        return second.text() + "0".repeat(MICRO_DIGITS - micros.length()) + micros + 'Z';
    }
}
