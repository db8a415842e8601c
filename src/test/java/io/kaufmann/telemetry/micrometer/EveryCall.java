package io.kaufmann.telemetry.micrometer;

import io.kaufmann.event.EventNames;
import io.kaufmann.health.Ending;
import io.kaufmann.health.PartitionHealth.Pause;
import io.kaufmann.health.State;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** All that a service can tell, but for its Kafka clients. */
final class EveryCall {

    static final Telemetry.Served SERVICE = new Telemetry.Served("greeter", "greeters", EventNames.all(), false);

    private static final Duration TWO_MILLIS = Duration.ofMillis(2);
    private static final Set<TopicPartition> PARTITIONS = Set.of(new TopicPartition("rapids", 3));

    private EveryCall() {}

    /** Tells all of it, of a health too. */
    static void to(Telemetry telemetry) {
        ofEvent(telemetry, "event.x", "rapids", 3);
        ofGroup(telemetry, "rapids", 3);
        telemetry.observed(Healths.of(State.RUNNING, Healths.partition("rapids", 3, OptionalLong.of(9))));
    }

    /** Tells all that an event can come to. */
    static void ofEvent(Telemetry telemetry, String event, String topic, int partition) {
        String group = "greeters";
        telemetry.decoded(new Telemetry.Decoded(event, topic, partition, 1042, group, 100, TWO_MILLIS));
        telemetry.handled(new Telemetry.Handled(event, topic, partition, "Greeter", group, TWO_MILLIS, TWO_MILLIS));
        telemetry.encoded(new Telemetry.Encoded(event, 100, TWO_MILLIS));
        telemetry.published(new Telemetry.Published(event, topic, partition, 100, TWO_MILLIS));
        for (Ending ending : Ending.values()) {
            telemetry.finished(
                    new Telemetry.Finished(event, topic, partition, group, ending, 1, TWO_MILLIS, TWO_MILLIS));
        }
        telemetry.retried(new Telemetry.Retried(event, topic, partition, group, 1, TWO_MILLIS));
        telemetry.errorSent(new Telemetry.ErrorSent(event, topic, partition, group));
        telemetry.deadLettered(new Telemetry.DeadLettered(event, topic, partition, group, "handle"));
    }

    /** Tells all that happens between a service and its group. */
    static void ofGroup(Telemetry telemetry, String topic, int partition) {
        String group = "greeters";
        telemetry.passedOver(new Telemetry.PassedOver(topic, partition, group, 7));
        telemetry.committed(new Telemetry.Committed(group, PARTITIONS, false));
        telemetry.committed(new Telemetry.Committed(group, PARTITIONS, true));
        for (Telemetry.Rebalanced.Change change : Telemetry.Rebalanced.Change.values()) {
            telemetry.rebalanced(new Telemetry.Rebalanced(group, change, PARTITIONS));
        }
        for (Pause pause : Pause.values()) {
            telemetry.paused(new Telemetry.Paused(topic, partition, group, pause));
        }
    }
}
