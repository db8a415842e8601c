package io.kaufmann.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackoffTest {

    @Property
    void doublesUpToItsCapAndNeverWaitsLessThanHalf(
            @ForAll @IntRange(min = 1, max = 1_000_000) int failedTries,
            @ForAll @LongRange(min = 1, max = 60_000) long firstMillis,
            @ForAll @LongRange(min = 1, max = 86_400_000) long capMillis) {
        Duration wait = new Backoff(Duration.ofMillis(firstMillis), Duration.ofMillis(capMillis)).after(failedTries);

        double nominal =
                Math.min((double) capMillis, (double) firstMillis * Math.pow(2, Math.min(failedTries - 1, 30)));
        assertThat((double) wait.toNanos() / 1e6).isBetween(nominal / 2 - 0.001, nominal + 0.001);
    }

    @Example
    void spreadsTheWaitsOfThoseThatFailedTogether() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
        assertThat(IntStream.range(0, 50).mapToObj(i -> backoff.after(3)).distinct())
                .hasSizeGreaterThan(40);
    }
}
