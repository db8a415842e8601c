package io.kaufmann.task;

import io.kaufmann.internal.consume.GapMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Which letters of a partition were redriven: all below an offset, and ranges beyond it. One thread's.
 *
 * <p>It is kept as a commit of that offset, with the ranges in its metadata: {@code redriven/1} and a gap map for each leader
 * epoch. The epochs tell a log from another that took its place.
 */
final class Redriven {

    private static final String VERSION = "redriven/1";

    /** From one offset to before another, all of a leader epoch. */
    private record Range(long from, long to, int epoch) {}

    private long committed;
    // By their first offsets; apart from each other, and beyond the committed one.
    private final NavigableMap<Long, Range> beyond = new TreeMap<>();

    /** Nothing is redriven, of a log that begins at this offset. */
    Redriven(long beginning) {
        this.committed = beginning;
    }

    /** What an earlier run has committed, of a log that begins at this offset: what was below that is gone. */
    static Redriven parse(OffsetAndMetadata commit, long beginning) {
        Redriven redriven = new Redriven(commit.offset());
        for (GapMap map : maps(commit)) {
            long[] ranges = map.ranges();
            for (int i = 0; i < ranges.length; i += 2) {
                redriven.add(ranges[i], ranges[i + 1], map.leaderEpoch());
            }
        }
        redriven.raise(beginning);
        return redriven;
    }

    private static List<GapMap> maps(OffsetAndMetadata commit) {
        List<GapMap> maps = new ArrayList<>();
        String[] parts = commit.metadata().split(" ", -1);
        for (int i = 1; parts[0].equals(VERSION) && i < parts.length; i++) {
            maps.add(GapMap.parse(parts[i], commit.offset()));
        }
        return maps;
    }

    /** How many offsets beyond its own a commit says to be redriven. */
    static long beyond(OffsetAndMetadata commit) {
        return maps(commit).stream().mapToLong(GapMap::count).sum();
    }

    /** All below it were redriven, or are gone. */
    long committed() {
        return committed;
    }

    boolean contains(ConsumerRecord<?, ?> letter) {
        Map.Entry<Long, Range> range = beyond.floorEntry(letter.offset());
        boolean isBeyond = range != null
                && letter.offset() < range.getValue().to()
                && epoch(letter) == range.getValue().epoch();
        return letter.offset() < committed || isBeyond;
    }

    /** A record's leader epoch; 0 in a log so old that it tells none. */
    static int epoch(ConsumerRecord<?, ?> letter) {
        return letter.leaderEpoch().orElse(0);
    }

    /** Adds the offsets from one to before another: a letter's, and what lies empty before it. */
    void add(long from, long to, int epoch) {
        long first = from;
        long after = to;
        Map.Entry<Long, Range> before = beyond.lowerEntry(from);
        if (before != null
                && before.getValue().to() >= from
                && before.getValue().epoch() == epoch) {
            first = before.getKey();
            after = Math.max(after, before.getValue().to());
            beyond.remove(first);
        }
        Map.Entry<Long, Range> next = beyond.ceilingEntry(from);
        while (next != null && next.getKey() <= after && next.getValue().epoch() == epoch) {
            after = Math.max(after, next.getValue().to());
            beyond.remove(next.getKey());
            next = beyond.ceilingEntry(from);
        }
        beyond.put(first, new Range(first, after, epoch));
        raise(committed);
    }

    private void raise(long offset) {
        committed = Math.max(committed, offset);
        while (!beyond.isEmpty() && beyond.firstKey() <= committed) {
            committed = Math.max(committed, beyond.pollFirstEntry().getValue().to());
        }
    }

    /** What to commit. When there are more ranges than these characters can tell, it is the lowest of them. */
    Written commit(int mostCharacters) {
        int told = beyond.size();
        int tooMany = told + 1;
        int fitting = 0;
        // The first try is nearly always the last.
        while (fitting < tooMany - 1) {
            if (text(told).length() <= mostCharacters) {
                fitting = told;
            } else {
                tooMany = told;
            }
            told = (fitting + tooMany) / 2;
        }
        long forgotten = beyond.values().stream()
                .skip(fitting)
                .mapToLong(range -> range.to() - range.from())
                .sum();
        return new Written(new OffsetAndMetadata(committed, text(fitting)), forgotten);
    }

    /**
     * What is committed.
     *
     * @param commit the offset and the ranges
     * @param forgotten how many redriven offsets it does not tell
     */
    record Written(OffsetAndMetadata commit, long forgotten) {}

    private String text(int count) {
        NavigableMap<Integer, List<Range>> byEpoch = new TreeMap<>();
        beyond.values().stream()
                .limit(count)
                .forEach(range -> byEpoch.computeIfAbsent(range.epoch(), epoch -> new ArrayList<>())
                        .add(range));
        StringBuilder text = new StringBuilder(VERSION);
        byEpoch.forEach((epoch, ranges) -> {
            long[] bounds = ranges.stream()
                    .flatMapToLong(range -> LongStream.of(range.from(), range.to()))
                    .toArray();
            // A map that is too long for a text of its own is too long here as well.
            text.append(' ')
                    .append(GapMap.of(epoch, bounds)
                            .text(committed, Integer.MAX_VALUE)
                            .orElse("x".repeat(Short.MAX_VALUE)));
        });
        return text.toString();
    }
}
