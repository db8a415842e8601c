package io.kaufmann.internal.consume;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to know up to where a partition may be committed: for one event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProgressBenchmark {

    private static final int EVENTS = 1_000;

    /** How many are unfinished at a time. */
    @Param({"50", "10000"})
    private int inFlight;

    private PartitionProgress<Object> progress;
    private long offset;

    /** As many as may be in flight. */
    @Setup
    public void fill() {
        progress = new PartitionProgress<>(0);
        offset = 0;
        for (int i = 0; i < inFlight; i++) {
            progress.begin(offset++, this);
        }
    }

    /** They finish in the order they began. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long inOrder() {
        for (int i = 0; i < EVENTS; i++) {
            progress.finish(progress.begin(offset++, this) - inFlight);
        }
        return progress.committable();
    }

    /** Each two finish the other way round. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long outOfOrder() {
        for (int i = 0; i < EVENTS; i += 2) {
            long first = progress.begin(offset++, this) - inFlight;
            long second = progress.begin(offset++, this) - inFlight;
            progress.finish(second);
            progress.finish(first);
        }
        return progress.committable();
    }
}
