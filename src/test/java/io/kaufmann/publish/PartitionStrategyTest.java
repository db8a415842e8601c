package io.kaufmann.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.Meta;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionStrategyTest {

    private static final int PARTITIONS = 7;

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "42", "user-17", "Grüße", "世界", "a#b"})
    void anOrderingKeyGoesWhereKafkasOwnProducerSendsThatKey(String key) {
        for (int partitions = 1; partitions < 50; partitions++) {
            int kafkas = BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions);

            assertThat(PartitionStrategy.orderingKey()
                            .partition(Publication.of("event.x", 1).key(key), Optional.empty(), partitions))
                    .hasValue(kafkas);
        }
    }

    @Test
    void withoutOrderingKeyTheProducerChooses() {
        assertThat(PartitionStrategy.orderingKey().partition(Publication.of("event.x", 1), Optional.empty(), 3))
                .isEmpty();
    }

    /** The sums are those of {@code printf '%s' NAME ID | md5sum}, byte by byte. */
    @ParameterizedTest
    @CsvSource({"command.user.create, m-1, 1552", "event.order.placed, 7f8a, 1931", "a, '', 2272", "Grüße, '', 2250"})
    void md5IsTheSumOfTheDigestsBytesAsInKaufmannEx(String name, String id, int sum) {
        Meta cause = Meta.of(Map.of("message_name", name, "message_id", id));

        for (int partitions = 1; partitions < 3_000; partitions += 7) {
            assertThat(PartitionStrategy.md5().partition(Publication.of("b#9", 1), Optional.of(cause), partitions))
                    .hasValue(sum % partitions);
        }
    }

    @Test
    void md5WithoutACauseIsAtRandom() {
        assertSpreads(PartitionStrategy.md5(), Optional.empty());
        assertSpreads(PartitionStrategy.md5(), Optional.of(Meta.empty()));
    }

    @Test
    void randomReachesEveryPartition() {
        assertSpreads(PartitionStrategy.random(), Optional.empty());
    }

    private static void assertSpreads(PartitionStrategy strategy, Optional<Meta> cause) {
        Publication publication = Publication.of("event.x#1", 1);

        assertThat(IntStream.range(0, 2_000)
                        .mapToObj(i -> strategy.partition(publication, cause, PARTITIONS))
                        .map(OptionalInt::getAsInt)
                        .distinct())
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    }
}
