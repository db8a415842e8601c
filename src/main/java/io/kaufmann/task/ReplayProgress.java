package io.kaufmann.task;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a replay has come. Immutable.
 *
 * @param done how many offsets are done and committed
 * @param all how many there are to do
 * @param muted how many events were not published because publishing is muted
 * @param elapsed the time since it began
 */
public record ReplayProgress(long done, long all, long muted, Duration elapsed) {

    /** {@return offsets per second, since it began} */
    public double perSecond() {
        double seconds = elapsed.toMillis() / 1e3;
        return seconds == 0 ? 0 : done / seconds;
    }

    /** {@return the time left at this rate; empty as long as there is none} */
    public Optional<Duration> left() {
        return perSecond() == 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds((long) ((all - done) / perSecond())));
    }
}
