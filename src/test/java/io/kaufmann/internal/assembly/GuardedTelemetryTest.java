package io.kaufmann.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.testing.Silence;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardedTelemetryTest {

    private static final Duration NONE = Duration.ZERO;

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IllegalStateException("on purpose"),
                new NoClassDefFoundError("on purpose"),
                new AssertionError("on purpose"),
                new StackOverflowError("on purpose"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void keepsWhatATelemetryThrowsAwayFromTheEvents(Throwable thrown) {
        AtomicInteger calls = new AtomicInteger();
        Telemetry guarded = new GuardedTelemetry(new Telemetry() {
            @Override
            public void decoded(Decoded decoded) {
                fail();
            }

            @Override
            public void handled(Handled handled) {
                fail();
            }

            @Override
            public void encoded(Encoded encoded) {
                fail();
            }

            @Override
            public void published(Published published) {
                fail();
            }

            private void fail() {
                calls.incrementAndGet();
                if (thrown instanceof RuntimeException exception) {
                    throw exception;
                }
                throw (Error) thrown;
            }
        });
        try (Silence silence = Silence.of("io.kaufmann")) {
            guarded.decoded(new Telemetry.Decoded("a", "t", 0, 0, "g", 1, NONE));
            guarded.handled(new Telemetry.Handled("a", "t", 0, "h", "g", NONE, NONE));
            guarded.encoded(new Telemetry.Encoded("a", 1, NONE));
            guarded.published(new Telemetry.Published("a", "t", 0, 1, NONE));
            assertThat(silence).isNotNull();
        }
        assertThat(calls).hasValue(4);
    }
}
