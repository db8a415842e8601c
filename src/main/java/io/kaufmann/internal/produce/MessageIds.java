package io.kaufmann.internal.produce;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Makes message ids: UUIDs of version 4, as KaufmannEx has them. They are unique as random ones are, but no secret: whoever sees one
 * may tell the next. {@link UUID#randomUUID} took a third of all the time that an answered event takes. Thread-safe.
 *
 * <p>Both halves are sequences of their own from a random start, each mixed as in Steele, Lea and Flood, <i>Fast Splittable
 * Pseudorandom Number Generators</i> (2014): two processes make the same id only where both halves meet at once.
 */
public final class MessageIds implements Supplier<String> {

    // Odd, so that each takes all values before it repeats one.
    private static final long HIGH_STEP = 0x9E3779B97F4A7C15L;
    private static final long LOW_STEP = 0xD1B54A32D192ED03L;

    private static final long VERSION_MASK = 0xFFFF_FFFF_FFFF_0FFFL;
    private static final long VERSION = 0x4000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final long high;
    private final long low;
    private final AtomicLong count = new AtomicLong();

    private MessageIds(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** Ids from a start that nobody else has. */
    public static MessageIds fromRandomStart() {
        SecureRandom random = new SecureRandom();
        return new MessageIds(random.nextLong(), random.nextLong());
    }

    @Override
    public String get() {
        long step = count.getAndIncrement();
        long most = mixed(high + step * HIGH_STEP);
        long least = mixed(low + step * LOW_STEP);
        return new UUID((most & VERSION_MASK) | VERSION, (least & VARIANT_MASK) | VARIANT).toString();
    }

    private static long mixed(long value) {
        long once = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
        return twice ^ (twice >>> 31);
    }
}
