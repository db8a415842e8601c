package io.kaufmann.internal.consume;

import static io.kaufmann.internal.consume.LoopBench.P0;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class FinishedBeforeTest {

    private static ConsumerRecord<byte[], byte[]> record(long offset, int epoch) {
        return new ConsumerRecord<>(
                P0.topic(),
                P0.partition(),
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                null,
                new RecordHeaders(),
                Optional.of(epoch));
    }

    @Test
    void holdsWhatAnEarlierOwnerFinished() {
        FinishedBefore before = new FinishedBefore(P0, GapMap.of(2, new long[] {5, 7}));

        assertThat(before.holds(record(4, 2))).isFalse();
        assertThat(before.holds(record(5, 2))).isTrue();
        assertThat(before.holds(record(6, 2))).isTrue();
        assertThat(before.holds(record(7, 2))).isFalse();
    }

    /** The log was cut and written anew: other records stand at these offsets, and all that is known of them is void. */
    @Test
    void isDroppedWhenTheLogIsAnother() {
        FinishedBefore before = new FinishedBefore(P0, GapMap.of(2, new long[] {5, 6, 8, 9}));

        assertThat(before.holds(record(5, 3))).isFalse();
        assertThat(before.holds(record(8, 2))).isFalse();
    }

    @Test
    void isDroppedByAnOtherRecordInAGapToo() {
        FinishedBefore before = new FinishedBefore(P0, GapMap.of(2, new long[] {5, 6, 8, 9}));

        assertThat(before.holds(record(7, 3))).isFalse();
        assertThat(before.holds(record(8, 2))).isFalse();
    }

    @Test
    void joinsWhatThePresentOwnerFinished() {
        FinishedBefore before = new FinishedBefore(P0, GapMap.of(2, new long[] {3, 4, 8, 10}));
        PartitionProgress<String> progress = new PartitionProgress<>(1);
        for (long offset = 1; offset <= 4; offset++) {
            if (before.holds(record(offset, 2))) {
                progress.advanceTo(offset + 1);
            } else {
                long ticket = progress.begin(offset, "");
                if (offset == 2) {
                    progress.finish(ticket);
                }
            }
        }
        // 1 and 4 run, 2 was finished here, 3 and 8 to 9 before.
        assertThat(before.with(progress, 1)).isEqualTo(GapMap.of(2, new long[] {2, 4, 8, 10}));
    }

    /** One map, one epoch: what was finished of an older one is left out, since nothing could vouch for it. */
    @Test
    void keepsTheNewestEpochOnly() {
        FinishedBefore before = new FinishedBefore(P0, GapMap.none());
        PartitionProgress<String> progress = new PartitionProgress<>(0);
        progress.begin(0, "runs");
        for (long offset = 0; offset < 6; offset++) {
            before.holds(record(offset, offset < 4 ? 1 : 2));
            if (offset > 0) {
                progress.finish(progress.begin(offset, ""));
            }
        }
        assertThat(before.with(progress, 0)).isEqualTo(GapMap.of(2, new long[] {4, 6}));
        assertThat(before.epochBefore(0)).isEmpty();
        assertThat(before.epochBefore(6)).contains(2);
    }

    @Test
    void knowsNothingBeforeTheFirstRecord() {
        GapMap map = GapMap.of(2, new long[] {5, 7});
        FinishedBefore before = new FinishedBefore(P0, map);
        assertThat(before.with(new PartitionProgress<>(3), 3)).isEqualTo(map);
        assertThat(before.epochBefore(3)).isEmpty();
    }
}
