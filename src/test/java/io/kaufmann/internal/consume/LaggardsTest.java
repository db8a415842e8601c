package io.kaufmann.internal.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.KeylessEvents;
import io.kaufmann.handler.Ordering;
import io.kaufmann.internal.handoff.Completions;
import io.kaufmann.internal.handoff.Flights;
import io.kaufmann.internal.handoff.Handoff;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Shares;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LaggardsTest {

    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private final SettableClock clock = new SettableClock();
    private final Shares shares = new Shares(new WorkQueue(10, error -> {}), 1, OptionalInt.empty());
    private final PartitionLoop.Handout handout = new PartitionLoop.Handout(
            new Handoff(
                    new Names(EventNaming.key(), name -> true), shares, new Flights(), new Tally(Telemetry.NONE, "g")),
            new LaneRule(Ordering.UNORDERED, KeylessEvents.UNORDERED),
            new Completions(() -> {}),
            new InFlight(10, 10),
            10,
            clock,
            shares.readyLanes(),
            false,
            true);
    private final Laggards laggards = new Laggards(clock);
    private final FinishedRun first = run(0);
    private final FinishedRun second = run(1);
    private final FinishedRun third = run(2);
    private final List<FinishedRun> all = List.of(first, second, third);

    private FinishedRun run(int partition) {
        PartitionLoop loop =
                new PartitionLoop(new TopicPartition("orders", partition), StartPosition.at(0, 1), handout);
        return new FinishedRun(loop, List.of(), new OffsetAndMetadata(1));
    }

    @Test
    void hasAllTogetherAsLongAsThatGoesWell() {
        assertThat(laggards.next(all)).isEqualTo(all);
    }

    @Test
    void hasEachTriedAloneAfterAFailure() {
        laggards.failed(all, A_WHILE);

        for (FinishedRun run : all) {
            assertThat(laggards.next(all)).containsExactly(run);
            laggards.committed(List.of(run));
            // By turns with those that are through.
            if (!run.equals(third)) {
                assertThat(laggards.next(all)).isEqualTo(laggards.without(all));
            }
        }

        assertThat(laggards.areNone()).isTrue();
        assertThat(laggards.next(all)).isEqualTo(all);
    }

    @Test
    void letsOneThatFailsAgainRestTwiceAsLongAsItsTryTook() {
        laggards.failed(all, A_WHILE);
        laggards.committed(List.of(first, third));
        laggards.failed(List.of(second), A_WHILE);

        assertThat(laggards.next(all)).containsExactly(first, third);
        clock.advance(A_WHILE);
        assertThat(laggards.next(all)).containsExactly(first, third);
        clock.advance(A_WHILE);
        assertThat(laggards.next(all)).containsExactly(second);
        // And then it is the others' turn.
        assertThat(laggards.next(all)).containsExactly(first, third);
    }

    @Test
    void isNoneWhereThereIsNoOther() {
        laggards.failed(List.of(first), A_WHILE);

        assertThat(laggards.areNone()).isTrue();
    }

    @Test
    void forgetsThoseThatAreGivenUp() {
        laggards.failed(all, A_WHILE);
        all.forEach(run -> laggards.forget(run.partition()));

        assertThat(laggards.areNone()).isTrue();
    }
}
