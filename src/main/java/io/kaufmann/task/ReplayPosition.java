package io.kaufmann.task;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;

/** A place in a partition, where a replay begins or ends. Immutable and thread-safe. */
public final class ReplayPosition {

    /** Kinds of places. */
    enum Kind {
        EARLIEST,
        NEWEST,
        COMMITTED,
        OFFSET,
        TIME
    }

    private final Kind kind;
    private final long number;

    private ReplayPosition(Kind kind, long number) {
        this.kind = kind;
        this.number = number;
    }

    /** {@return the oldest event that there is} */
    public static ReplayPosition earliest() {
        return new ReplayPosition(Kind.EARLIEST, 0);
    }

    /** {@return what follows the newest event that there is when the replay is planned} */
    public static ReplayPosition newest() {
        return new ReplayPosition(Kind.NEWEST, 0);
    }

    /** {@return where the service had come to, as its group's commits say} */
    public static ReplayPosition committed() {
        return new ReplayPosition(Kind.COMMITTED, 0);
    }

    /**
     * An offset.
     *
     * @param offset the offset, from 0
     * @return the place
     * @throws IllegalArgumentException when it is negative
     */
    public static ReplayPosition offset(long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException(offset + " is no offset: they begin at 0");
        }
        return new ReplayPosition(Kind.OFFSET, offset);
    }

    /**
     * The first event at or after a time, as its record's timestamp tells.
     *
     * @param time the time
     * @return the place
     */
    public static ReplayPosition time(Instant time) {
        return new ReplayPosition(Kind.TIME, time.toEpochMilli());
    }

    /**
     * Reads one.
     *
     * @param text {@code earliest}, {@code newest}, {@code committed}, an offset such as {@code 1200}, or a time with its zone such as
     *     {@code 2026-11-29T08:00:00Z}
     * @return the place
     * @throws IllegalArgumentException when it is none of these
     */
    public static ReplayPosition parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "earliest" -> earliest();
            case "newest" -> newest();
            case "committed" -> committed();
            default -> word.matches("\\d{1,18}") ? offset(Long.parseLong(word)) : time(text.strip());
        };
    }

    private static ReplayPosition time(String text) {
        try {
            return time(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is no place in a partition. Write earliest, newest, committed, an offset such as 1200,"
                            + " or a time with its zone such as 2026-11-29T08:00:00Z",
                    e);
        }
    }

    Kind kind() {
        return kind;
    }

    /** The offset, or the time in milliseconds since the epoch. */
    long number() {
        return number;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReplayPosition that && kind == that.kind && number == that.number;
    }

    @Override
    public int hashCode() {
        return kind.hashCode() * 31 + Long.hashCode(number);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return switch (kind) {
            case OFFSET -> Long.toString(number);
            case TIME -> Instant.ofEpochMilli(number).toString();
            default -> kind.name().toLowerCase(Locale.ROOT);
        };
    }
}
