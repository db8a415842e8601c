package io.kaufmann.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.ProcessingGuarantee;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The run that the docs show can be repeated: its seed still leads to the group that it had, and nothing in it was wrong. */
class ChaosDocsTest {

    private static final Pattern SETTING = Pattern.compile("seed (\\d+), (\\d+) min, .*");

    @Test
    void showARunThatItsSeedLeadsTo() throws IOException {
        List<String> lines = shown();
        Matcher setting = SETTING.matcher(lines.get(0));
        assertThat(setting.matches()).as(lines.get(0)).isTrue();

        ChaosRun run = new ChaosRun(
                Long.parseLong(setting.group(1)),
                Duration.ofMinutes(Long.parseLong(setting.group(2))),
                Path.of("."),
                System.out,
                List.of(FaultKind.values()),
                ProcessingGuarantee.AT_LEAST_ONCE);

        assertThat(run.setting()).isEqualTo(lines.get(0));
    }

    @Test
    void showARunWithoutAViolation() throws IOException {
        assertThat(shown()).noneMatch(line -> line.startsWith("VIOLATION"));
        for (String none : List.of("lost", "failed without a dead letter", "order violations", "stalls")) {
            assertThat(shown()).anyMatch(line -> line.matches(Pattern.quote(none) + " +0"));
        }
    }

    private static List<String> shown() throws IOException {
        try (InputStream stream = ChaosDocsTest.class.getResourceAsStream("/docs/chaos-30-minutes.txt")) {
            return new String(stream.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
