package io.kaufmann.telemetry;

import io.kaufmann.event.EventName;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs what a service tells, a line for each, with the logger {@code io.kaufmann.telemetry}: names, places, sizes and times, never what
 * is in an event. Thread-safe.
 *
 * <p>It is for looking closely, and costs what each line costs. To measure as well:
 *
 * <pre>{@code
 * Telemetry.all(new MicrometerTelemetry(), new LoggingTelemetry());
 * }</pre>
 */
public final class LoggingTelemetry implements Telemetry {

    private static final Logger LOG = LoggerFactory.getLogger("io.kaufmann.telemetry");

    private final Level level;

    /** Logs at DEBUG, as all that is told of single records. */
    public LoggingTelemetry() {
        this(Level.DEBUG);
    }

    /**
     * Logs at a level.
     *
     * @param level the level
     */
    public LoggingTelemetry(Level level) {
        this.level = level;
    }

    @Override
    public void decoded(Decoded told) {
        if (isOn()) {
            log(
                    "decoded {} from {}-{}@{} in {} ms, {} bytes (group {})",
                    name(told.event()),
                    told.topic(),
                    told.partition(),
                    told.offset(),
                    millis(told.duration()),
                    told.size(),
                    told.consumerGroup());
        }
    }

    @Override
    public void handled(Handled told) {
        if (isOn()) {
            log(
                    "handled {} from {}-{} by {} in {} ms, after {} ms of waiting (group {})",
                    name(told.event()),
                    told.topic(),
                    told.partition(),
                    told.handler(),
                    millis(told.duration()),
                    millis(told.waited()),
                    told.consumerGroup());
        }
    }

    @Override
    public void encoded(Encoded told) {
        if (isOn()) {
            log("encoded {} in {} ms, {} bytes", name(told.event()), millis(told.duration()), told.size());
        }
    }

    @Override
    public void published(Published told) {
        if (isOn()) {
            log(
                    "published {} to {}-{} in {} ms, {} bytes",
                    name(told.event()),
                    told.topic(),
                    told.partition(),
                    millis(told.duration()),
                    told.size());
        }
    }

    @Override
    public void finished(Finished told) {
        if (isOn()) {
            log(
                    "finished {} from {}-{}: {}, attempts {}, {} ms after it was handed out and {} ms after its record's time"
                            + " (group {})",
                    name(told.event()),
                    told.topic(),
                    told.partition(),
                    text(told.ending()),
                    told.attempts(),
                    millis(told.latency()),
                    millis(told.age()),
                    told.consumerGroup());
        }
    }

    @Override
    public void passedOver(PassedOver told) {
        if (isOn()) {
            log(
                    "passed over {} records of {}-{} (group {})",
                    told.count(),
                    told.topic(),
                    told.partition(),
                    told.consumerGroup());
        }
    }

    @Override
    public void retried(Retried told) {
        if (isOn()) {
            log(
                    "retries {} from {}-{} in {} ms, after attempt {} (group {})",
                    name(told.event()),
                    told.topic(),
                    told.partition(),
                    millis(told.delay()),
                    told.attempt(),
                    told.consumerGroup());
        }
    }

    @Override
    public void errorSent(ErrorSent told) {
        if (isOn()) {
            log(
                    "sent an error event for {} from {}-{} (group {})",
                    name(told.event()),
                    told.topic(),
                    told.partition(),
                    told.consumerGroup());
        }
    }

    @Override
    public void deadLettered(DeadLettered told) {
        if (isOn()) {
            log(
                    "put {} from {}-{} into the dead letters, stage {} (group {})",
                    name(told.event()),
                    told.topic(),
                    told.partition(),
                    told.stage(),
                    told.consumerGroup());
        }
    }

    @Override
    public void committed(Committed told) {
        if (isOn()) {
            log(
                    "{} {} (group {})",
                    told.failed() ? "failed to commit" : "committed",
                    told.partitions(),
                    told.consumerGroup());
        }
    }

    @Override
    public void rebalanced(Rebalanced told) {
        if (isOn()) {
            log("{} {} (group {})", text(told.change()), told.partitions(), told.consumerGroup());
        }
    }

    @Override
    public void paused(Paused told) {
        if (isOn()) {
            log(
                    "paused {}-{}: {} (group {})",
                    told.topic(),
                    told.partition(),
                    text(told.pause()),
                    told.consumerGroup());
        }
    }

    private boolean isOn() {
        return LOG.isEnabledForLevel(level);
    }

    private void log(String line, Object... facts) {
        LOG.atLevel(level).log(line, facts);
    }

    /** Any producer can invent it. */
    private static String name(String event) {
        return EventName.printable(event);
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e6);
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
