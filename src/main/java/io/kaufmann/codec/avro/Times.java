package io.kaufmann.codec.avro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import org.apache.avro.util.TimePeriod;

/**
 * Java's dates and times as Avro's numbers; null where a value is no such thing, or outside what the number holds. What is
 * finer than the schema's unit is cut off, towards the past.
 */
final class Times {

    private static final int DURATION_BYTES = 12;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_DAY = Duration.ofDays(1).toNanos();

    private Times() {}

    static Integer date(Object value) {
        if (!(value instanceof LocalDate date)) {
            return Numbers.toInt(value);
        }
        long day = date.toEpochDay();
        return day == (int) day ? (Integer) (int) day : null;
    }

    static Integer timeMillis(Object value) {
        if (value instanceof LocalTime time) {
            return (int) (time.toNanoOfDay() / NANOS_PER_MILLI);
        }
        Integer raw = Numbers.toInt(value);
        return raw != null && raw >= 0 && raw < NANOS_PER_DAY / NANOS_PER_MILLI ? raw : null;
    }

    /** Of a union of both times of day it is the one that keeps the value. */
    static int stretchToMillis(Object value) {
        if (value instanceof LocalTime time) {
            return time.toNanoOfDay() % NANOS_PER_MILLI == 0 ? 0 : 1;
        }
        return Numbers.isSmall(value) ? 0 : 1;
    }

    static Long timeMicros(Object value) {
        if (value instanceof LocalTime time) {
            return time.toNanoOfDay() / NANOS_PER_MICRO;
        }
        Long raw = Numbers.toLong(value);
        return raw != null && raw >= 0 && raw < NANOS_PER_DAY / NANOS_PER_MICRO ? raw : null;
    }

    static Long timestamp(Object value, Unit unit) {
        Instant instant = instant(value);
        return instant == null ? Numbers.toLong(value) : count(instant, unit);
    }

    @SuppressWarnings("JavaUtilDate") // Older classes have it.
    private static Instant instant(Object value) {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof ZonedDateTime time) {
            return time.toInstant();
        }
        return value instanceof Date date ? Instant.ofEpochMilli(date.getTime()) : null;
    }

    static Long localTimestamp(Object value, Unit unit) {
        return value instanceof LocalDateTime time
                ? count(time.toInstant(ZoneOffset.UTC), unit)
                : Numbers.toLong(value);
    }

    private static Long count(Instant instant, Unit unit) {
        try {
            return unit.count(instant);
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /** Months, days and milliseconds, each as an unsigned little-endian int. */
    static ByteBuffer duration(Object value) {
        TimePeriod period = period(value);
        if (period == null) {
            ByteBuffer raw = Scalars.bytes(value);
            return raw != null && raw.remaining() == DURATION_BYTES ? raw : null;
        }
        return ByteBuffer.allocate(DURATION_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) period.getMonths())
                .putInt((int) period.getDays())
                .putInt((int) period.getMillis())
                .flip();
    }

    private static TimePeriod period(Object value) {
        if (value instanceof TimePeriod period) {
            return period;
        }
        try {
            if (value instanceof Duration duration) {
                return TimePeriod.of(0, 0, duration.toMillis());
            }
            return value instanceof Period period ? TimePeriod.from(period) : null;
        } catch (ArithmeticException | DateTimeException e) {
            return null;
        }
    }
}
