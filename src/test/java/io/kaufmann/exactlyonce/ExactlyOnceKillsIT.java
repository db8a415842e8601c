package io.kaufmann.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every reply is on the topic once, whatever is killed. 200,000 events in a quarter of an hour, three services, and 20 kills, each 4 to 8 s after all
 * three were seen working; by the new protocol of groups, with ids that stay with their slots, in the group and for transactions.
 */
class ExactlyOnceKillsIT {

    @Test
    void repliesToEachEventOnceThroughTwentyKillsAndTwoRestartsOfTheBroker() throws Exception {
        Plan plan = new Plan(
                "kills",
                Long.getLong("exactlyonce.seed", 9),
                200_000,
                20,
                Duration.ZERO,
                Map.of(7, false, 14, true),
                true,
                Map.of("kafka.consumer.group.protocol", "consumer", "kaufmann.consumer.threads", "2"),
                Duration.ofMinutes(15));

        Outcome outcome = new KillRun(plan, plan.home()).run();

        assertThat(outcome.isClean()).as(outcome.report()).isTrue();
        System.out.println(outcome.report());
    }
}
