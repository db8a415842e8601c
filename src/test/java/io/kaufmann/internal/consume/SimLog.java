package io.kaufmann.internal.consume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The log of one partition: records with leader epochs, holes, and an end that may be cut off. For one thread. */
final class SimLog {

    /** A record. */
    record Entry(long offset, int epoch, long id, String key, boolean handled) {}

    /** Where the log was cut, and the epoch that was the next one's. */
    private record Cut(long offset, int epoch) {}

    final TopicPartition partition;
    final List<Entry> entries = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();
    private final Map<Long, String> keysByOffset = new HashMap<>();
    private int epoch = 1;
    private long end;

    SimLog(TopicPartition partition) {
        this.partition = partition;
    }

    Entry append(long id, String key, boolean handled) {
        Entry entry = new Entry(end, epoch, id, key, handled);
        entries.add(entry);
        keysByOffset.put(end, key);
        end++;
        return entry;
    }

    /** Leaves offsets out, as compaction and the markers of transactions do. */
    void skip(int count) {
        end += count;
    }

    void newLeader() {
        epoch++;
    }

    /** Loses what is at and after an offset, as an unclean election does; the next leader writes other records there. */
    void cut(long offset) {
        entries.removeIf(entry -> entry.offset() >= offset);
        epoch++;
        cuts.add(new Cut(offset, epoch));
        end = offset;
    }

    long end() {
        return end;
    }

    /** Where a consumer goes on that has read up to a position in an epoch: a cut since then sets it back. */
    long validated(long position, int readEpoch) {
        long valid = position;
        for (Cut cut : cuts) {
            if (cut.epoch() > readEpoch) {
                valid = Math.min(valid, cut.offset());
            }
        }
        return valid;
    }

    int epoch() {
        return epoch;
    }

    /** The epoch of the last record before an offset. */
    int epochBefore(long offset) {
        return entries.stream()
                .filter(entry -> entry.offset() < offset)
                .reduce((one, next) -> next)
                .map(Entry::epoch)
                .orElse(0);
    }

    List<ConsumerRecord<byte[], byte[]>> read(long from, int most) {
        return entries.stream()
                .filter(entry -> entry.offset() >= from)
                .limit(most)
                .map(this::record)
                .toList();
    }

    private ConsumerRecord<byte[], byte[]> record(Entry entry) {
        byte[] key = ((entry.handled() ? "work" : "unhandled.work") + '#' + entry.key()).getBytes(UTF_8);
        byte[] value = Long.toString(entry.id()).getBytes(UTF_8);
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                entry.offset(),
                0,
                TimestampType.CREATE_TIME,
                key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.of(entry.epoch()));
    }
}
