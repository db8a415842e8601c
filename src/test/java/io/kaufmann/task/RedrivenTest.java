package io.kaufmann.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RedrivenTest {

    private static final int PLENTY = 4_000;

    private final Redriven redriven = new Redriven(10);

    private static ConsumerRecord<byte[], byte[]> letter(long offset, int epoch) {
        return new ConsumerRecord<>(
                "dead",
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.of(epoch));
    }

    @Test
    void goesOnOnceNothingIsLeftBelow() {
        redriven.add(12, 13, 0);
        assertThat(redriven.committed()).isEqualTo(10);
        redriven.add(10, 11, 0);
        assertThat(redriven.committed()).isEqualTo(11);
        redriven.add(11, 12, 0);
        assertThat(redriven.committed()).isEqualTo(13);
        assertThat(redriven.commit(PLENTY).commit()).isEqualTo(new OffsetAndMetadata(13, "redriven/1"));
    }

    @Test
    void rememberedByItsCommit() {
        redriven.add(20, 21, 3);
        redriven.add(21, 25, 3);
        redriven.add(30, 31, 4);
        OffsetAndMetadata commit = redriven.commit(PLENTY).commit();
        assertThat(commit.offset()).isEqualTo(10);
        assertThat(Redriven.beyond(commit)).isEqualTo(6);
        Redriven read = Redriven.parse(commit, 0);
        assertThat(read.contains(letter(9, 0))).isTrue();
        assertThat(read.contains(letter(10, 3))).isFalse();
        assertThat(read.contains(letter(20, 3))).isTrue();
        assertThat(read.contains(letter(24, 3))).isTrue();
        assertThat(read.contains(letter(25, 3))).isFalse();
        assertThat(read.contains(letter(30, 4))).isTrue();
        assertThat(read.contains(letter(30, 5)))
                .as("of a log that took this one's place")
                .isFalse();
    }

    @Test
    void whatWasDeletedNeedsNoRedriving() {
        redriven.add(20, 21, 0);
        OffsetAndMetadata commit = redriven.commit(PLENTY).commit();
        assertThat(Redriven.parse(commit, 20).committed()).isEqualTo(21);
        assertThat(Redriven.parse(commit, 15).committed()).isEqualTo(15);
    }

    @Test
    void tellsTheLowestWhenThereIsNotRoomForAll() {
        for (int i = 0; i < 5_000; i++) {
            redriven.add(20 + 2 * i, 21 + 2 * i, 0);
        }
        Redriven.Written written = redriven.commit(PLENTY);
        assertThat(written.commit().metadata()).hasSizeBetween(3_900, PLENTY);
        long told = Redriven.beyond(written.commit());
        assertThat(told + written.forgotten()).isEqualTo(5_000);
        Redriven read = Redriven.parse(written.commit(), 0);
        assertThat(read.contains(letter(20 + 2 * (told - 1), 0))).isTrue();
        assertThat(read.contains(letter(20 + 2 * told, 0))).isFalse();
    }

    @Test
    void otherCommitsTellTheirOffsetOnly() {
        Redriven read = Redriven.parse(new OffsetAndMetadata(12, "kaufmann/1 partitions=4 gaps=g1:AAAA"), 10);
        assertThat(read.committed()).isEqualTo(12);
        assertThat(read.contains(letter(12, 0))).isFalse();
    }
}
