package io.kaufmann.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.health.Traffic.Latencies;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void boundsGrowByAFifth() {
        assertThat(Latencies.upperBound(0)).contains(Duration.ofNanos(1_000));
        assertThat(Latencies.upperBound(1)).contains(Duration.ofNanos(1_200));
        assertThat(Latencies.upperBound(2)).contains(Duration.ofNanos(1_440));
        for (int i = 0; i < Latencies.BUCKETS - 1; i++) {
            assertThat(bound(i)).isEqualTo(Math.round(1_000 * Math.pow(1.2, i)));
        }
        assertThat(Latencies.upperBound(Latencies.BUCKETS - 2).orElseThrow()).isBetween(minutes(5), minutes(7));
        assertThat(Latencies.upperBound(Latencies.BUCKETS - 1)).isEmpty();
        assertThatThrownBy(() -> Latencies.upperBound(Latencies.BUCKETS)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aTimeIsBelowItsBoundAndNotBelowTheOneBefore() {
        for (int i = 0; i < Latencies.BUCKETS - 1; i++) {
            assertThat(Latencies.bucket(bound(i) - 1)).isEqualTo(i);
            assertThat(Latencies.bucket(bound(i))).isEqualTo(i + 1);
        }
        new Random(7).longs(100_000, 0, 400_000_000_000L).forEach(LatenciesTest::isInItsPlace);
        for (int bits = 0; bits < Long.SIZE - 1; bits++) {
            isInItsPlace(1L << bits);
            isInItsPlace((1L << bits) - 1);
        }
    }

    @Test
    void whatIsPastAllBoundsIsInTheLastPlace() {
        assertThat(Latencies.bucket(minutes(8).toNanos())).isEqualTo(Latencies.BUCKETS - 1);
        assertThat(Latencies.bucket(Long.MAX_VALUE)).isEqualTo(Latencies.BUCKETS - 1);
    }

    @Test
    void aClockThatWentBackCountsAsNoTime() {
        assertThat(Latencies.bucket(0)).isZero();
        assertThat(Latencies.bucket(-1)).isZero();
        assertThat(Latencies.bucket(Long.MIN_VALUE)).isZero();
    }

    private static void isInItsPlace(long nanos) {
        int bucket = Latencies.bucket(nanos);
        assertThat(bucket == 0 || nanos >= bound(bucket - 1))
                .as("%d in %d", nanos, bucket)
                .isTrue();
        assertThat(bucket == Latencies.BUCKETS - 1 || nanos < bound(bucket))
                .as("%d in %d", nanos, bucket)
                .isTrue();
    }

    private static long bound(int bucket) {
        return Latencies.upperBound(bucket).orElseThrow().toNanos();
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }
}
