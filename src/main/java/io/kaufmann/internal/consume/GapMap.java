package io.kaufmann.internal.consume;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Which offsets at and beyond a committed one are finished, all of them records of one leader epoch. Immutable.
 *
 * <p>Its text is {@code g1:} and, in URL-safe Base64, numbers of seven bits a byte with the lowest first (LEB128): the epoch, the
 * offset that it is committed with, and by turns how many offsets from there on are unfinished and how many finished. Only the
 * first of these may be 0.
 */
public final class GapMap {

    private static final GapMap NONE = new GapMap(0, new long[0]);
    private static final String VERSION = "g1:";
    // What a text from outside may ask for.
    private static final int LONGEST_TEXT = 16_384;
    private static final long FARTHEST = 1_000_000_000;

    private final int leaderEpoch;
    // Pairs of a first offset and the one that follows the last, ascending, with gaps between them.
    private final long[] ranges;

    private GapMap(int leaderEpoch, long[] ranges) {
        this.leaderEpoch = leaderEpoch;
        this.ranges = ranges;
    }

    /** Nothing is finished. */
    public static GapMap none() {
        return NONE;
    }

    /** These ranges are, each a first offset and the one that follows its last, in ascending order. */
    public static GapMap of(int leaderEpoch, long[] ranges) {
        return ranges.length == 0 ? NONE : new GapMap(leaderEpoch, ranges.clone());
    }

    /** Whether nothing is finished. */
    public boolean isEmpty() {
        return ranges.length == 0;
    }

    /** Pairs of a first offset and the one that follows the last, ascending, with gaps between them; a copy. */
    public long[] ranges() {
        return ranges.clone();
    }

    /** How many offsets are finished. */
    public long count() {
        long count = 0;
        for (int first = 0; first < ranges.length; first += 2) {
            count += ranges[first + 1] - ranges[first];
        }
        return count;
    }

    /** The leader epoch of its records. */
    public int leaderEpoch() {
        return leaderEpoch;
    }

    /** Whether the record at this offset, with this leader epoch, is finished. */
    public boolean contains(long offset, Optional<Integer> epoch) {
        return epoch.filter(known -> known == leaderEpoch).isPresent() && hasOffset(offset);
    }

    private boolean hasOffset(long offset) {
        int found = Arrays.binarySearch(ranges, offset);
        // At a first offset, or after one and before what follows its range.
        return found >= 0 ? found % 2 == 0 : (-found - 1) % 2 == 1;
    }

    /** Whether a record of this leader epoch at this offset means that the log is another one than when the map was made. */
    boolean isContradictedBy(long offset, Optional<Integer> epoch) {
        return !isEmpty()
                && offset >= ranges[0]
                && offset < ranges[ranges.length - 1]
                && epoch.filter(known -> known != leaderEpoch).isPresent();
    }

    /** What it says of offsets from this one on. */
    GapMap from(long offset) {
        int first = 0;
        while (first < ranges.length && ranges[first + 1] <= offset) {
            first += 2;
        }
        if (first == ranges.length) {
            return NONE;
        }
        if (first == 0 && ranges[0] >= offset) {
            return this;
        }
        long[] rest = Arrays.copyOfRange(ranges, first, ranges.length);
        rest[0] = Math.max(rest[0], offset);
        return new GapMap(leaderEpoch, rest);
    }

    /** Both together. The other begins where this one ends or later; if it is of another epoch, this one alone is kept. */
    GapMap plus(GapMap beyond) {
        if (isEmpty()) {
            return beyond;
        }
        if (beyond.isEmpty() || beyond.leaderEpoch != leaderEpoch) {
            return this;
        }
        boolean touch = beyond.ranges[0] <= ranges[ranges.length - 1];
        int kept = touch ? ranges.length - 1 : ranges.length;
        int skipped = touch ? 1 : 0;
        long[] both = Arrays.copyOf(ranges, kept + beyond.ranges.length - skipped);
        System.arraycopy(beyond.ranges, skipped, both, kept, beyond.ranges.length - skipped);
        return new GapMap(leaderEpoch, both);
    }

    /** Its text for a commit of this offset; empty when there is nothing to say, or that takes more characters than this. */
    public Optional<String> text(long offset, int most) {
        if (isEmpty()) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, leaderEpoch);
        write(bytes, offset);
        long at = offset;
        for (long bound : ranges) {
            write(bytes, bound - at);
            at = bound;
            // Base64 makes four characters of three bytes.
            if (bytes.size() > most) {
                return Optional.empty();
            }
        }
        String text = VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
        boolean fits = text.length() <= Math.min(most, LONGEST_TEXT) && at - offset <= FARTHEST;
        return fits ? Optional.of(text) : Optional.empty();
    }

    private static void write(ByteArrayOutputStream bytes, long number) {
        long rest = number;
        while (rest > 0x7f) {
            bytes.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /** Reads a text that was found with a commit of this offset. What is not such a text says nothing. */
    public static GapMap parse(String text, long offset) {
        if (!text.startsWith(VERSION) || text.length() > LONGEST_TEXT) {
            return NONE;
        }
        try {
            return new Reader(Base64.getUrlDecoder().decode(text.substring(VERSION.length()))).map(offset);
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }

    /** Reads numbers from bytes that anybody may have written. */
    private static final class Reader {

        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The map; throws {@link IllegalArgumentException} when it is none for this offset. */
        GapMap map(long offset) {
            long epoch = next();
            require(epoch <= Integer.MAX_VALUE && next() == offset);
            long[] ranges = new long[bytes.length];
            int count = 0;
            long bound = offset;
            while (at < bytes.length) {
                long run = next();
                require(run <= FARTHEST && (run > 0 || count == 0));
                bound += run;
                require(bound - offset <= FARTHEST);
                ranges[count++] = bound;
            }
            require(count > 0 && count % 2 == 0);
            return new GapMap((int) epoch, Arrays.copyOf(ranges, count));
        }

        private long next() {
            long number = 0;
            for (int shift = 0; shift < 63; shift += 7) {
                require(at < bytes.length);
                byte part = bytes[at++];
                number |= (long) (part & 0x7f) << shift;
                if (part >= 0) {
                    return number;
                }
            }
            throw new IllegalArgumentException("A number of more than 63 bits");
        }

        private static void require(boolean condition) {
            if (!condition) {
                throw new IllegalArgumentException("No gap map");
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GapMap map
                && Arrays.equals(map.ranges, ranges)
                && (isEmpty() || map.leaderEpoch == leaderEpoch);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ranges);
    }

    @Override
    public String toString() {
        return Arrays.toString(ranges) + " of epoch " + leaderEpoch;
    }
}
