package io.kaufmann.internal.assembly;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.TimerThread;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What the guard adds to a listener's call: the three calls that an event without a reply brings about. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class GuardBenchmark {

    private static final Telemetry.Decoded DECODED = new Telemetry.Decoded("a", "t", 0, 0, "g", 1, Duration.ZERO);
    private static final Telemetry.Handled HANDLED =
            new Telemetry.Handled("a", "t", 0, "h", "g", Duration.ZERO, Duration.ZERO);
    private static final Telemetry.Encoded ENCODED = new Telemetry.Encoded("a", 1, Duration.ZERO);

    private TimerThread timer;
    private Telemetry plain;
    private Telemetry guarded;

    /** Makes the listener and its guard. */
    @Setup
    public void open() {
        plain = new Telemetry() {};
        timer = new TimerThread();
        GuardedTelemetry guard = new GuardedTelemetry(plain, Clock.system());
        guard.watch(timer);
        guarded = guard;
    }

    /** Ends the timer. */
    @TearDown
    public void close() {
        timer.close();
    }

    /** The listener alone. */
    @Benchmark
    public void threeCalls() {
        tell(plain);
    }

    /** The listener behind its guard. */
    @Benchmark
    public void threeGuardedCalls() {
        tell(guarded);
    }

    /** The same on two threads. */
    @Benchmark
    @Threads(2)
    public void threeGuardedCallsOnTwoThreads() {
        tell(guarded);
    }

    private static void tell(Telemetry telemetry) {
        telemetry.decoded(DECODED);
        telemetry.handled(HANDLED);
        telemetry.encoded(ENCODED);
    }
}
