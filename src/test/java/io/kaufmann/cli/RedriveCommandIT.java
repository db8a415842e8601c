package io.kaufmann.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kaufmann.task.DeadLetterBox;
import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.TestEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RunsOn(Platform.LOCAL)
class RedriveCommandIT {

    private DeadLetterBox box;

    @BeforeEach
    void open(TestEnvironment environment) {
        box = new DeadLetterBox(environment, 2);
    }

    private CommandRun run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "redrive",
                "--bootstrap-servers",
                box.environment.bootstrapServers(),
                "--group",
                box.group,
                "--set",
                "kaufmann.dead.letter.topic=" + box.dead));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void showsWhatItWouldSend() {
        box.write("order.placed", "a", 0);
        box.write("order.placed", "b", 1);
        box.write("user.created", "c", 1);
        CommandRun run = run("--dry-run", "--event", "order.*", "--since", "1h");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("order.placed  java.io.IOException  " + box.topic + "        2")
                .contains(box.dead + "-1@0")
                .contains("3 letters in " + box.dead + ": 2 to send, 1 not meant.")
                .contains("Nothing was sent");
        assertThat(box.sent()).isEmpty();
    }

    @Test
    void sendsAndTellsMachines() throws Exception {
        box.write("order.placed", "a", 0);
        box.write("order.placed", "b", 1, Map.of("kaufmann.redrive.count", "3"));
        CommandRun run = run("--json");
        assertThat(run.exitCode()).isZero();
        JsonNode report = run.json();
        assertThat(report.path("sent").asInt()).isEqualTo(1);
        assertThat(report.path("exhausted").asInt()).isEqualTo(1);
        assertThat(report.path("counts").path(0).path("error").asText()).isEqualTo("java.io.IOException");
        assertThat(report.path("failure").isNull()).isTrue();
        assertThat(run().out())
                .contains("Redriven as often as --max-times allows")
                .contains("2 letters in " + box.dead + ": 0 sent, 1 redriven before, 1 redriven too often.");
    }

    @Test
    void failsWithASentence() {
        CommandRun missing = run("--from", "no-such-topic");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).startsWith("There is no topic 'no-such-topic' on this cluster.");
        assertThat(missing.err()).doesNotContain("\tat ");
        box.write("order.placed", "a", 0, Map.of("__connect.errors.topic", "no-such-topic"));
        CommandRun failed = run();
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out()).contains("0 sent");
        assertThat(failed.err()).contains("There is no topic 'no-such-topic'", "--to");
    }

    @Test
    void letsNoLetterSteerTheTerminal() {
        box.write("order\u001b[31m", "a\nb", 0, Map.of("__connect.errors.exception.class.name", "x\u001b]0;y"));
        assertThat(run("--dry-run").out()).doesNotContain("\u001b").doesNotContain("a\nb");
    }

    @Test
    void saysHowItIsToBeAsked() {
        assertThat(run("--since", "yesterday"))
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(2))
                .satisfies(run -> assertThat(run.err()).contains("'yesterday' is no time", "2h"));
        assertThat(run("--rate", "0"))
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(2))
                .satisfies(run -> assertThat(run.err()).contains("--rate is 0"));
        CommandRun unset = CommandRun.of("redrive", "--bootstrap-servers", box.environment.bootstrapServers());
        assertThat(unset.exitCode()).isEqualTo(2);
        assertThat(unset.err()).contains("kaufmann.consumer.group", "--group");
        CommandRun nowhere = CommandRun.of(
                "redrive", "--bootstrap-servers", box.environment.bootstrapServers(), "--group", box.group);
        assertThat(nowhere.exitCode()).isEqualTo(1);
        assertThat(nowhere.err()).contains("names no dead-letter topic", "--from");
        assertThat(CommandRun.of("redrive", "--help").out()).contains("Examples:", "--dry-run", "Exit codes:");
    }
}
