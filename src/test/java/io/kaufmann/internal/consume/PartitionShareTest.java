package io.kaufmann.internal.consume;

import static io.kaufmann.internal.consume.LoopBench.P0;
import static io.kaufmann.internal.consume.LoopBench.P1;
import static io.kaufmann.internal.consume.LoopBench.finish;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.health.PartitionHealth.Pause;
import io.kaufmann.internal.handoff.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one partition may hold, and that it does not take the others' room. */
class PartitionShareTest {

    private final LoopBench bench = new LoopBench();

    @AfterEach
    void close() {
        bench.close();
    }

    private Optional<Pause> pause(TopicPartition partition) {
        bench.clock.advance(Duration.ofSeconds(2));
        bench.turn();
        return bench.loop().reports().stream()
                .filter(report -> report.partition().equals(partition))
                .findFirst()
                .orElseThrow()
                .pause();
    }

    @Test
    void pausesAPartitionThatHasItsShareOfEvents() {
        bench.maxEvents = 20;
        bench.consumer.writeAll(List.of(P0), 30);
        bench.start(P0, P1);

        assertThat(bench.takeAll()).hasSize(10);
        assertThat(pause(P0)).contains(Pause.FULL_SHARE);
        assertThat(pause(P1)).isEmpty();
    }

    @Test
    void pausesAPartitionThatHasItsShareOfBytes() {
        bench.maxBytes = 100;
        bench.consumer.writeAll(List.of(P0), 30);
        bench.start(P0, P1);

        List<Delivery> taken = bench.takeAll();
        assertThat(taken).hasSizeBetween(2, 5);
        assertThat(pause(P0)).contains(Pause.FULL_SHARE);
    }

    @Test
    void pausesAPartitionThatIsFarAheadOfItsOldestEvent() {
        bench.maxUncommitted = 10;
        bench.consumer.writeAll(List.of(P0), 30);
        bench.start(P0, P1);
        List<Delivery> taken = bench.takeAll();
        finish(taken.subList(1, taken.size()));
        bench.turn();

        assertThat(bench.takeAll()).isEmpty();
        assertThat(pause(P0)).contains(Pause.FULL_SPAN);
        finish(taken.get(0));
        bench.turn();
        assertThat(bench.takeAll()).hasSize(10);
    }

    /** What a crash would bring again is bounded, be the commits refused for hours. */
    @Test
    void readsNoFurtherThanItMayWhileNothingCanBeCommitted() {
        bench.maxUncommitted = 10;
        bench.consumer.writeAll(List.of(P0), 30);
        bench.start(P0);
        for (int i = 0; i < 20; i++) {
            bench.consumer.commitAnswers.add(new GroupAuthorizationException("group"));
        }
        List<Delivery> taken = bench.takeAll();
        for (int i = 0; i < 10; i++) {
            finish(bench.takeAll());
            finish(taken);
            bench.commit();
        }
        assertThat(taken).hasSize(10);
        assertThat(bench.takeAll()).isEmpty();
        assertThat(pause(P0)).contains(Pause.FULL_SPAN);

        bench.consumer.commitAnswers.clear();
        bench.commit();
        bench.turn();
        assertThat(bench.takeAll()).hasSize(10);
    }

    /** A stuck partition gives back what it keeps, so that one poll's records at most are kept and others are read. */
    @Test
    void readsOthersThoughAStuckPartitionHoldsAllItMay() {
        bench.maxEvents = 10;
        bench.workers = 4;
        bench.consumer.maxPollRecords = 20;
        bench.consumer.writeAll(List.of(P0), 50);
        bench.start(P0, P1);
        bench.turns(5);
        assertThat(bench.consumer.position(P0)).isEqualTo(20);

        bench.consumer.writeAll(List.of(P1), 5);
        bench.turns(5);
        bench.clock.advance(Duration.ofSeconds(2));
        bench.turns(5);

        assertThat(bench.consumer.position(P1)).isEqualTo(5);
        assertThat(bench.consumer.position(P0)).isEqualTo(5);
        // What it gave back comes again, once there is room.
        List<Delivery> all = new java.util.ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<Delivery> taken = bench.takeAll();
            all.addAll(taken);
            finish(taken);
            bench.turns(2);
        }
        assertThat(all).hasSize(55);
        bench.commit();
        assertThat(bench.consumer.committedOf(P0)).endsWith(50L);
    }

    /** One that holds all the room, since it came first, leaves a later one what its share of the workers needs. */
    @Test
    void leavesALaterPartitionWhatItsWorkersNeed() {
        bench.maxEvents = 10;
        bench.workers = 4;
        bench.consumer.writeAll(List.of(P0, P1), 10);
        bench.start(P0);
        bench.turns(3);
        bench.assign(P1);
        bench.turns(3);

        List<Delivery> taken = bench.takeAll();
        assertThat(taken)
                .filteredOn(delivery -> delivery.assignment().partition().equals(P1))
                .hasSize(2);
    }

    /** With more partitions than there is room, the limit and an event for each worker hold. */
    @Test
    void holdsTheLimitWithMorePartitionsThanRoom() {
        bench.maxEvents = 2;
        bench.workers = 1;
        List<TopicPartition> all = List.of(P0, P1, LoopBench.P2, LoopBench.P3);
        bench.consumer.writeAll(all, 5);
        bench.start(P0, P1, LoopBench.P2, LoopBench.P3);
        bench.turns(10);

        assertThat(bench.takeAll().size()).isLessThanOrEqualTo(3);
    }
}
