package io.kaufmann.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every reply is on the topic once, though no process knows ids of the one before it: what a killed one left open ends by
 * its time-out alone. Kills are 30 s apart at least, by the classic protocol of groups, within ten minutes.
 */
class ExactlyOnceDynamicIT {

    @Test
    void repliesToEachEventOnceThoughMembersAreNewAfterEachKill() throws Exception {
        Plan plan = new Plan(
                "dynamic",
                Long.getLong("exactlyonce.seed", 9),
                200_000,
                4,
                Duration.ofSeconds(30),
                Map.of(),
                false,
                Map.of("kafka.consumer.group.protocol", "classic", "kafka.consumer.session.timeout.ms", "6000"),
                Duration.ofMinutes(10));

        Outcome outcome = new KillRun(plan, plan.home()).run();

        assertThat(outcome.isClean()).as(outcome.report()).isTrue();
        System.out.println(outcome.report());
    }
}
