package io.kaufmann.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.Silence;
import io.kaufmann.testing.TestEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** The quickstart's main job, with fewer events, beside others on one broker and registry. */
@RunsOn(Platform.LOCAL)
class QuickstartIT {

    private static final int EVENTS = 1_000;

    @Test
    void accountsForEveryEvent(TestEnvironment environment) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Screen screen = new Screen(new PrintStream(printed, true, UTF_8), false);
        Account account;
        try (Silence silence = Silence.of("io.kaufmann.internal.work")) {
            assertThat(silence).isNotNull();
            account = new QuickstartRun(Site.shared(environment), screen, EVENTS).run();
        }

        assertThat(account.entries()).hasSize(EVENTS);
        assertThat(account.lost()).isEmpty();
        assertThat(account.unexpected()).isEmpty();
        assertThat(account.answered(Kind.REPLY)).isEqualTo(790);
        assertThat(account.answered(Kind.UNDECODABLE)).isEqualTo(40);
        assertThat(account.offsets().total()).isEqualTo(EVENTS);
        assertThat(Quickstart.finish(screen, account)).isZero();
        assertThat(printed.toString(UTF_8))
                .contains("All 1,000 events are accounted for")
                .containsPattern("lost +0 ");
    }
}
