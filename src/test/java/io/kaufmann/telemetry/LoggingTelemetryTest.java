package io.kaufmann.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kaufmann.health.Ending;
import io.kaufmann.health.PartitionHealth.Pause;
import io.kaufmann.telemetry.Telemetry.Rebalanced.Change;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTelemetryTest {

    private static final Duration TIME = Duration.ofNanos(2_345_678);
    private static final Set<TopicPartition> PARTITIONS = Set.of(new TopicPartition("rapids", 3));

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.kaufmann.telemetry");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void hasALineForEachStepOfAnEvent() {
        Telemetry telemetry = new LoggingTelemetry();
        telemetry.decoded(new Telemetry.Decoded("event.x", "rapids", 3, 1042, "greeters", 100, TIME));
        telemetry.handled(new Telemetry.Handled(
                "event.x", "rapids", 3, "Greeter", "greeters", Duration.ofMillis(7), Duration.ofMillis(1_500)));
        telemetry.encoded(new Telemetry.Encoded("event.y", 50, TIME));
        telemetry.published(new Telemetry.Published("event.y", "replies", 0, 50, TIME));
        telemetry.finished(new Telemetry.Finished(
                "event.x", "rapids", 3, "greeters", Ending.DEAD_LETTERED, 2, TIME, Duration.ofSeconds(3)));

        assertThat(texts())
                .containsExactly(
                        "decoded event.x from rapids-3@1042 in 2.346 ms, 100 bytes (group greeters)",
                        "handled event.x from rapids-3 by Greeter in 1500.000 ms, after 7.000 ms of waiting (group greeters)",
                        "encoded event.y in 2.346 ms, 50 bytes",
                        "published event.y to replies-0 in 2.346 ms, 50 bytes",
                        "finished event.x from rapids-3: dead lettered, attempts 2, 2.346 ms after it was handed out and"
                                + " 3000.000 ms after its record's time (group greeters)");
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.DEBUG);
    }

    @Test
    void hasALineForAllElse() {
        Telemetry telemetry = new LoggingTelemetry();
        telemetry.passedOver(new Telemetry.PassedOver("rapids", 3, "greeters", 7));
        telemetry.retried(new Telemetry.Retried("event.x", "rapids", 3, "greeters", 1, TIME));
        telemetry.errorSent(new Telemetry.ErrorSent("event.x", "rapids", 3, "greeters"));
        telemetry.deadLettered(new Telemetry.DeadLettered("event.x", "rapids", 3, "greeters", "handle"));
        telemetry.committed(new Telemetry.Committed("greeters", PARTITIONS, false));
        telemetry.committed(new Telemetry.Committed("greeters", PARTITIONS, true));
        telemetry.rebalanced(new Telemetry.Rebalanced("greeters", Change.REVOKED, PARTITIONS));
        telemetry.paused(new Telemetry.Paused("rapids", 3, "greeters", Pause.FULL_SPAN));

        assertThat(texts())
                .containsExactly(
                        "passed over 7 records of rapids-3 (group greeters)",
                        "retries event.x from rapids-3 in 2.346 ms, after attempt 1 (group greeters)",
                        "sent an error event for event.x from rapids-3 (group greeters)",
                        "put event.x from rapids-3 into the dead letters, stage handle (group greeters)",
                        "committed [rapids-3] (group greeters)",
                        "failed to commit [rapids-3] (group greeters)",
                        "revoked [rapids-3] (group greeters)",
                        "paused rapids-3: full span (group greeters)");
    }

    @Test
    void namesFromOutsideStayOnTheirLine() {
        new LoggingTelemetry().encoded(new Telemetry.Encoded("event.x\nroot logged in" + "x".repeat(500), 1, TIME));

        assertThat(texts())
                .singleElement()
                .asString()
                .contains("event.x\\u000aroot")
                .hasSizeLessThan(300);
    }

    @Test
    void logsAtTheLevelThatItIsGiven() {
        logger.setLevel(Level.INFO);
        new LoggingTelemetry().encoded(new Telemetry.Encoded("event.x", 1, TIME));
        assertThat(lines.list).isEmpty();

        new LoggingTelemetry(org.slf4j.event.Level.INFO).encoded(new Telemetry.Encoded("event.x", 1, TIME));
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.INFO);
    }

    private List<String> texts() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
