package io.kaufmann.internal.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    @Test
    void areUuidsOfVersionFour() {
        UUID id = UUID.fromString(MessageIds.fromRandomStart().get());
        assertThat(id.version()).isEqualTo(4);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void areAllDifferentOnManyThreadsAndFromManyStarts() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 10).forEach(start -> {
            MessageIds ids = MessageIds.fromRandomStart();
            IntStream.range(0, 50_000).parallel().forEach(i -> seen.add(ids.get()));
        });
        assertThat(seen).hasSize(500_000);
    }

    /** Each bit that is free is set in about half of them: none is stuck, as one of a counter would be. */
    @Test
    void useAllTheirBits() {
        MessageIds ids = MessageIds.fromRandomStart();
        int[] set = new int[128];
        int count = 10_000;
        for (int i = 0; i < count; i++) {
            UUID id = UUID.fromString(ids.get());
            for (int bit = 0; bit < 64; bit++) {
                set[bit] += (int) (id.getMostSignificantBits() >>> bit & 1);
                set[64 + bit] += (int) (id.getLeastSignificantBits() >>> bit & 1);
            }
        }
        for (int bit = 0; bit < 128; bit++) {
            boolean isFixed = (bit >= 12 && bit < 16) || bit >= 126;
            if (!isFixed) {
                assertThat(set[bit]).as("bit %d", bit).isBetween(count * 45 / 100, count * 55 / 100);
            }
        }
    }
}
