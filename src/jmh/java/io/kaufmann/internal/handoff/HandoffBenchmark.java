package io.kaufmann.internal.handoff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the hand-over costs for one event, on one thread: what several pay for each other's company is in the ledger. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HandoffBenchmark {

    private static final int EVENTS = 64;
    private static final int TAKEN = 16;

    private final WorkQueue queue = new WorkQueue(EVENTS, error -> {});
    private final Shares shares = new Shares(queue, EVENTS, OptionalInt.empty());
    private final Assignment assignment = new Assignment(new TopicPartition("orders", 0), shares, new ParkedKeys());
    private final Completions completions = new Completions(() -> {});
    private final ConsumerRecord<byte[], byte[]> record =
            new ConsumerRecord<>("orders", 0, 0, new byte[0], new byte[0]);
    private final Lane one = new Lane(assignment.share(), "key");
    private final Lane[] taken = new Lane[TAKEN];
    private final List<Lane> lanes = new ArrayList<>();

    /** Lanes for the queue. */
    public HandoffBenchmark() {
        for (int i = 0; i < EVENTS; i++) {
            lanes.add(new Lane(assignment.share(), i));
        }
        for (int i = 0; i < EVENTS; i++) {
            queue.took(1, 0);
        }
    }

    private Delivery delivery(Lane lane) {
        return new Delivery(record, Optional.empty(), assignment, 0, lane, completions);
    }

    /** Offered at once, and taken by quick workers. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int queue() throws InterruptedException {
        queue.offer(lanes);
        int count = 0;
        while (count < EVENTS) {
            count += queue.take(taken);
        }
        return count;
    }

    /** Offered and taken one by one, as where handlers take long. */
    @Benchmark
    public Object queueOneByOne() {
        queue.offer(one);
        return queue.poll();
    }

    /** A lane of its own for each event, from its beginning to its end. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int ownLanes() {
        for (int i = 0; i < EVENTS; i++) {
            Lane lane = new Lane(assignment.share(), i);
            Delivery delivery = delivery(lane);
            lane.add(delivery);
            lane.head().start();
            delivery.finish(Outcome.DONE);
        }
        return drained();
    }

    /** One lane for all of them: each goes to the queue when the one before has ended. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int oneLane() {
        for (int i = 0; i < EVENTS; i++) {
            if (one.add(delivery(one))) {
                one.offer();
            }
        }
        for (int i = 0; i < EVENTS; i++) {
            Delivery delivery = queue.poll().orElseThrow().head();
            delivery.start();
            delivery.finish(Outcome.DONE);
        }
        return drained();
    }

    private int drained() {
        int[] count = {0};
        completions.drain(delivery -> count[0]++);
        return count[0];
    }
}
