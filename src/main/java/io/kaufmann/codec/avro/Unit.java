package io.kaufmann.codec.avro;

import java.time.Instant;

/** The units in which Avro counts time. */
enum Unit {
    MILLIS(1_000),
    MICROS(1_000_000),
    NANOS(1_000_000_000);

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private final int perSecond;

    Unit(int perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * Counts whole units from the epoch, towards the past where there is a rest.
     *
     * @throws ArithmeticException when there are more than a long holds
     */
    long count(Instant instant) {
        long seconds = instant.getEpochSecond();
        long part = instant.getNano() / (NANOS_PER_SECOND / perSecond);
        return seconds < 0 && part > 0 // From the next second, since the least value lies within the one before it.
                ? Math.addExact(Math.multiplyExact(seconds + 1, perSecond), part - perSecond)
                : Math.addExact(Math.multiplyExact(seconds, perSecond), part);
    }
}
