package io.kaufmann.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** One contestant at one work, in this JVM: {@code Runner SETUP-AS-JSON OUTCOME-FILE}. */
public final class Runner {

    private static final ObjectMapper JSON = new ObjectMapper();
    // Compiled code is what a service runs all day. On two cores, with one thread that compiles, that takes so long.
    private static final int LONG_WARM_UP = 15;
    private static final int WARM_UP = 5;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(Integer.getInteger("bench.window", 5));

    private final Contestant.Setup setup;
    private final LongAdder handled = new LongAdder();
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile boolean isFirst = true;
    private final Histogram latencies = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(5), 3);
    private volatile boolean recording;

    private Runner(Contestant.Setup setup) {
        this.setup = setup;
    }

    /** Runs it, writes what came of it, and ends the JVM. */
    public static void main(String... arguments) throws Exception {
        Contestant.Setup setup = JSON.readValue(arguments[0], Contestant.Setup.class);
        Outcome outcome = new Runner(setup).run();
        JSON.writeValue(Path.of(arguments[1]).toFile(), outcome);
        // With its hooks: a recording that was asked for by -Dbench.jvm is written by one.
        System.exit(0);
    }

    private Outcome run() throws InterruptedException {
        long before = setup.work().kind() == Work.Kind.MEMORY ? heapAfterCollection() : 0;
        Contestant contestant = setup.kind().make(setup, body());
        contestant.start();
        first.await();
        long startMillis = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        return switch (setup.work().kind()) {
            case THROUGHPUT, TELEMETRY, EXACTLY_ONCE, STUCK_PARTITION ->
                throughput(startMillis, setup.work().topic().events());
            case LATENCY -> latency(startMillis);
            case ANSWER_LATENCY, QUIET_ANSWER_LATENCY -> answerLatency(startMillis);
            case MEMORY -> memory(startMillis, before);
        };
    }

    private Contestant.Body body() {
        return switch (setup.work().kind()) {
            case THROUGHPUT, TELEMETRY, EXACTLY_ONCE, ANSWER_LATENCY, QUIET_ANSWER_LATENCY ->
                (partition, id, sent) -> work();
            case STUCK_PARTITION ->
                (partition, id, sent) -> {
                    if (partition == 0 && Boolean.getBoolean("bench.stuck")) {
                        hang();
                    }
                    work();
                };
            case LATENCY ->
                (partition, id, sent) -> {
                    work();
                    if (recording) {
                        latencies.recordValue(Math.max(0, nowMicros() - sent));
                    }
                };
            case MEMORY ->
                (partition, id, sent) -> {
                    count();
                    hang();
                };
        };
    }

    private void work() {
        long until = System.nanoTime() + setup.work().handlerMicros() * 1_000;
        for (long left = until - System.nanoTime(); setup.work().handlerMicros() > 0 && left > 0; ) {
            LockSupport.parkNanos(left);
            left = until - System.nanoTime();
        }
        count();
    }

    private void count() {
        handled.increment();
        if (isFirst) {
            isFirst = false;
            first.countDown();
        }
    }

    private long warmUpNanos() {
        boolean compilesForLong = switch (setup.work().kind()) {
            case THROUGHPUT, TELEMETRY, EXACTLY_ONCE -> setup.work().handlerMicros() == 0;
            case LATENCY, ANSWER_LATENCY -> true;
            default -> false;
        };
        return TimeUnit.SECONDS.toNanos(Integer.getInteger("bench.warm.up", compilesForLong ? LONG_WARM_UP : WARM_UP));
    }

    private static void hang() {
        while (true) {
            LockSupport.park();
        }
    }

    /** By the machine's monotonic clock, which is one for all its processes on Linux: the wall clock may be set in between. */
    static long nowMicros() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
    }

    /** From the end of the warm-up on: for the window, or until the topic is at its end. */
    private Outcome throughput(long startMillis, long all) throws InterruptedException {
        untilHandled(all * 2 / 3, warmUpNanos());
        long events = handled.sum();
        long nanos = System.nanoTime();
        long cpu = cpuNanos();
        long bytes = allocated();
        untilHandled(all, WINDOW_NANOS);
        double seconds = (System.nanoTime() - nanos) / 1e9;
        long counted = handled.sum() - events;
        return new Outcome(
                counted / seconds,
                counted,
                (cpuNanos() - cpu) / 1e3 / Math.max(1, counted),
                (double) (allocated() - bytes) / Math.max(1, counted),
                startMillis,
                Map.of());
    }

    private void untilHandled(long count, long nanos) throws InterruptedException {
        long until = System.nanoTime() + nanos;
        while (handled.sum() < count && System.nanoTime() < until) {
            Thread.sleep(2);
        }
    }

    private Outcome answerLatency(long startMillis) throws InterruptedException {
        Answers answers = new Answers(setup, sent -> {
            if (recording) {
                latencies.recordValue(Math.max(0, nowMicros() - sent));
            }
        });
        answers.start();
        return latency(startMillis);
    }

    private Outcome latency(long startMillis) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(warmUpNanos());
        recording = true;
        TimeUnit.NANOSECONDS.sleep(WINDOW_NANOS * 2);
        recording = false;
        Map<String, Double> more = new HashMap<>();
        for (double percentile : new double[] {50, 99, 99.9}) {
            more.put("p" + percentile, latencies.getValueAtPercentile(percentile) / 1e3);
        }
        return new Outcome(0, latencies.getTotalCount(), 0, 0, startMillis, more);
    }

    private Outcome memory(long startMillis, long before) throws InterruptedException {
        untilHandled(setup.kind().workers, warmUpNanos());
        TimeUnit.SECONDS.sleep(1);
        double heap = (heapAfterCollection() - before) / 1e6;
        return new Outcome(0, handled.sum(), 0, 0, startMillis, Map.of("heap MB", heap));
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Of platform threads and, since Java 21, of the carriers of virtual ones too. */
    private static long allocated() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try {
            return (long) com.sun.management.ThreadMXBean.class
                    .getMethod("getTotalThreadAllocatedBytes")
                    .invoke(threads);
        } catch (ReflectiveOperationException e) {
            long sum = 0;
            for (long one : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
                sum += Math.max(0, one);
            }
            return sum;
        }
    }
}
