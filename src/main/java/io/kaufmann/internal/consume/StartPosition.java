package io.kaufmann.internal.consume;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Where a partition is read from, and how many partitions its topic had when the group first came to it. That count stands
 * in the metadata of every commit, so that a partition that was added later is known as such, and read from its beginning.
 * Immutable.
 *
 * @param offset the offset of the first record to be read
 * @param partitionsAtFirst how many partitions the topic had
 */
record StartPosition(long offset, int partitionsAtFirst) {

    private static final Pattern METADATA = Pattern.compile("kaufmann/1 partitions=(\\d{1,9})(?: .*)?");

    /** An offset as it is committed. */
    OffsetAndMetadata commit(long committable) {
        return new OffsetAndMetadata(committable, "kaufmann/1 partitions=" + partitionsAtFirst);
    }

    @Override
    public String toString() {
        return "offset " + offset;
    }

    /** The count that a commit tells; empty for one by something other than Kaufmann. */
    static OptionalInt partitionsAtFirst(OffsetAndMetadata commit) {
        Matcher matcher = METADATA.matcher(commit.metadata());
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
