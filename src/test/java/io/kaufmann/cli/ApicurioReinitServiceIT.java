package io.kaufmann.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.testing.ApicurioProcess;
import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.TestClients;
import io.kaufmann.testing.TestEnvironment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay with another maker's registry. */
@RunsOn(Platform.LOCAL)
class ApicurioReinitServiceIT {

    private static final int EVENTS = 5_000;

    @TempDir
    private Path home;

    @Test
    void rebuildsTheState(TestEnvironment environment) throws Exception {
        try (ApicurioProcess registry = ApicurioProcess.start()) {
            ReplayWorld world = new ReplayWorld(new OtherRegistry(environment, registry.url()), home);
            world.deposit(EVENTS);
            Map<String, Accounts.Account> first = world.serve(home.resolve("first"));
            Map<Integer, Long> published = world.ends(world.replies);

            CommandProcess.Outcome outcome = world.reinit(home.resolve("rebuilt"));

            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            assertThat(outcome.out()).contains("Replayed 5,000 events").contains("Not published:");
            assertThat(Accounts.state(home.resolve("rebuilt"))).isEqualTo(first);
            assertThat(world.ends(world.replies)).isEqualTo(published);
        }
    }

    private record OtherRegistry(TestEnvironment environment, String registryUrl) implements TestEnvironment {

        @Override
        public TestClients clients() {
            return environment.clients();
        }

        /** The environment belongs to all tests. */
        @Override
        public void close() {}
    }
}
