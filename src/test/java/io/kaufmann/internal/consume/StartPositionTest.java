package io.kaufmann.internal.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartPositionTest {

    @Test
    void tellsInACommitHowManyPartitionsThereWereAtFirst() {
        OffsetAndMetadata commit = new StartPosition(7, 12).commit(40);
        assertThat(commit.offset()).isEqualTo(40);
        assertThat(StartPosition.partitionsAtFirst(commit)).hasValue(12);
    }

    @Test
    void leavesRoomForMoreInTheMetadata() {
        assertThat(StartPosition.partitionsAtFirst(new OffsetAndMetadata(1, "kaufmann/1 partitions=8 more=x")))
                .hasValue(8);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "by hand",
                "kaufmann/2 partitions=8",
                "kaufmann/1 partitions=",
                "kaufmann/1 partitions=-1",
                "kaufmann/1 partitions=12345678901234567890",
                "kaufmann/1 partitions=8more"
            })
    void takesNothingFromTheMetadataOfOthers(String metadata) {
        assertThat(StartPosition.partitionsAtFirst(new OffsetAndMetadata(1, metadata)))
                .isEmpty();
    }
}
