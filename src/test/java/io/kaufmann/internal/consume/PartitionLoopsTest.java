package io.kaufmann.internal.consume;

import static io.kaufmann.internal.consume.LoopBench.P0;
import static io.kaufmann.internal.consume.LoopBench.P1;
import static io.kaufmann.internal.consume.LoopBench.P2;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.KeylessEvents;
import io.kaufmann.handler.Ordering;
import io.kaufmann.internal.handoff.Completions;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Flights;
import io.kaufmann.internal.handoff.Handoff;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.ReadyLanes;
import io.kaufmann.internal.handoff.Shares;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.telemetry.Telemetry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionLoopsTest {

    private static final int ROOM = 100;

    private final WorkQueue queue = new WorkQueue(1_000, error -> {});
    private final Completions completions = new Completions(() -> {});
    private final InFlight inFlight = new InFlight(ROOM, Long.MAX_VALUE);
    private final Shares shares = new Shares(queue, 1_000, OptionalInt.empty());
    private final ReadyLanes ready = shares.readyLanes();
    private final PartitionLoop.Handout handout = new PartitionLoop.Handout(
            new Handoff(
                    new Names(EventNaming.key(), name -> true), shares, new Flights(), new Tally(Telemetry.NONE, "g")),
            new LaneRule(Ordering.UNORDERED, KeylessEvents.UNORDERED),
            completions,
            inFlight,
            100_000,
            new SettableClock(),
            ready,
            false,
            false);
    private final PartitionLoops loops = new PartitionLoops(inFlight, ready);

    private PartitionLoop add(TopicPartition partition, int records) {
        PartitionLoop loop = new PartitionLoop(partition, StartPosition.at(0, 1), handout);
        loop.receive(
                LongStream.range(0, records)
                        .mapToObj(offset -> new ConsumerRecord<>(
                                partition.topic(), partition.partition(), offset, new byte[] {'a'}, new byte[1]))
                        .toList(),
                records);
        loops.add(loop);
        return loop;
    }

    private void settle(Delivery delivery) {
        inFlight.remove(delivery);
        loops.get(delivery.assignment().partition())
                .filter(loop -> loop.assignment() == delivery.assignment())
                .ifPresent(loop -> loop.settle(delivery));
    }

    private Map<TopicPartition, Integer> handOutAndFinish() throws InterruptedException {
        loops.handOut();
        Map<TopicPartition, Integer> counts = new HashMap<>();
        while (queue.size() > 0) {
            Delivery delivery = queue.take().map(Lane::head).orElseThrow();
            delivery.start();
            delivery.finish(Outcome.DONE);
            counts.merge(delivery.assignment().partition(), 1, Integer::sum);
        }
        completions.drain(this::settle);
        return counts;
    }

    @Test
    void servesPartitionsInTurn() throws InterruptedException {
        add(P0, 1_000);
        add(P1, 1_000);
        add(P2, 10);

        Map<TopicPartition, Integer> first = handOutAndFinish();
        assertThat(first.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(ROOM / 3 * 2 + 10);
        assertThat(first).containsEntry(P2, 10).hasSize(3);

        Map<TopicPartition, Integer> sum = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            handOutAndFinish().forEach((partition, count) -> sum.merge(partition, count, Integer::sum));
        }
        assertThat(Math.abs(sum.get(P0) - sum.get(P1))).isLessThanOrEqualTo(64);
    }

    /** With room for one at a time, a large backlog of one partition does not keep the others waiting. */
    @Test
    void servesPartitionsInTurnHoweverLittleRoomThereIs() throws InterruptedException {
        add(P0, 500);
        add(P1, 500);
        handOutAndFinish();
        loops.handOut();
        Map<TopicPartition, Integer> counts = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            Delivery delivery = queue.take().map(Lane::head).orElseThrow();
            counts.merge(delivery.assignment().partition(), 1, Integer::sum);
            delivery.start();
            delivery.finish(Outcome.DONE);
            completions.drain(this::settle);
            loops.handOut();
        }
        while (queue.size() > 0) {
            counts.merge(queue.take().orElseThrow().head().assignment().partition(), 1, Integer::sum);
        }
        assertThat(counts.get(P0)).isBetween(50, 90);
        assertThat(counts.get(P1)).isBetween(50, 90);
    }

    @Test
    void keepsHandingOutWhenPartitionsGo() throws InterruptedException {
        add(P0, 50);
        add(P1, 50);
        add(P2, 50);
        loops.handOut();
        loops.remove(P2);
        loops.remove(P0);
        assertThat(loops.all()).hasSize(1);
        assertThat(loops.get(P0)).isEmpty();

        handOutAndFinish();
        handOutAndFinish();

        assertThat(loops.get(P1).orElseThrow().hasBacklog()).isFalse();
        loops.remove(P1);
        loops.handOut();
        assertThat(loops.isEmpty()).isTrue();
    }

    @Test
    void putsANewLoopInThePlaceOfAnEarlierOneOfTheSamePartition() {
        add(P0, 50);
        PartitionLoop later = add(P0, 0);
        assertThat(List.copyOf(loops.all())).containsExactly(later);
        assertThat(later.hasBacklog()).isFalse();
    }
}
