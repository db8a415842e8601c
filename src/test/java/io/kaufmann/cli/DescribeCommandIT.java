package io.kaufmann.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kaufmann.task.DeadLetterBox;
import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.TestEnvironment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RunsOn(Platform.LOCAL)
class DescribeCommandIT {

    private DeadLetterBox box;

    @BeforeEach
    void open(TestEnvironment environment) {
        box = new DeadLetterBox(environment, 2);
    }

    private CommandRun run(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("describe", "--bootstrap-servers", box.environment.bootstrapServers(), "--group", box.group));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void showsTheGroup() throws Exception {
        box.environment.topics().commit(box.group, box.topic, 0, 0);
        CommandRun run = run("--topic", box.topic);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .contains("Group " + box.group + ": Empty (Classic), 0 members.")
                .contains(box.topic + "          0          0    0    0       0       0       -")
                .contains(box.topic + "          1          -    0    -       0       0       -")
                .contains("Lag: 0 in 2 partitions.");
        assertThat(run().out()).contains("Lag: 0 in 1 partition.");
        JsonNode report = run("--json").json();
        assertThat(report.path("state").asText()).isEqualTo("Empty");
        assertThat(report.path("partitions").path(0).path("committed").asLong(-1))
                .isZero();
    }

    @Test
    void readsTheTopicsOfTheService() {
        box.environment.topics().commit(box.group, box.topic, 0, 0);
        assertThat(run("--set", "kaufmann.default.topic=" + box.topic).out()).contains("Lag: 0 in 2 partitions.");
    }

    @Test
    void failsWithASentence() {
        CommandRun unknown = run();
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).startsWith("There is no consumer group '" + box.group + "'");
        box.environment.topics().commit(box.group, box.topic, 0, 0);
        CommandRun missing = run("--topic", "no-such-topic");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("There is no topic 'no-such-topic'", "--topic");
        assertThat(CommandRun.of("describe").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("describe", "--help").out()).contains("Examples:", "--topic");
    }
}
