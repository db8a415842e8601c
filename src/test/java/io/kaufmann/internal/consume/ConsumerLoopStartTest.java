package io.kaufmann.internal.consume;

import static io.kaufmann.internal.consume.LoopBench.P0;
import static io.kaufmann.internal.consume.LoopBench.P1;
import static io.kaufmann.internal.consume.LoopBench.P3;
import static io.kaufmann.internal.consume.LoopBench.finish;
import static io.kaufmann.internal.consume.LoopBench.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a loop starts to read, and what it commits of that. */
class ConsumerLoopStartTest {

    private static final String AT_FIRST = "kaufmann/1 partitions=4";

    private final LoopBench bench = new LoopBench();
    private final ScriptedConsumer consumer = bench.consumer;

    @AfterEach
    void speak() {
        bench.close();
    }

    @Test
    void goesOnWhereItsGroupHasCommitted() {
        consumer.writeAll(List.of(P0), 10);
        consumer.committedBefore(P0, new OffsetAndMetadata(7, AT_FIRST));

        bench.start(P0);

        assertThat(consumer.commits).isEmpty();
        assertThat(offsets(bench.takeAll())).containsExactly(7L, 8L, 9L);
    }

    @Test
    void startsAtTheEndWhenToldAndCommitsThatBeforeTheFirstEventIsHandedOut() {
        bench.fromEarliest = false;
        consumer.writeAll(List.of(P0), 10);
        bench.loop().subscribe();
        consumer.duringPoll.add(() -> consumer.assignMore(P0));
        bench.turn();
        assertThat(bench.queue.size()).isZero();
        assertThat(consumer.commits).isEmpty();

        bench.turn();
        assertThat(consumer.committedOf(P0)).containsExactly(10L);
        assertThat(bench.queue.size()).isZero();

        consumer.writeAll(List.of(P0), 2);
        bench.turns(2);
        assertThat(offsets(bench.takeAll())).containsExactly(10L, 11L);
    }

    /** Killed at once and started again: what came between is read. */
    @Test
    void losesNothingBetweenTwoStartsAtTheEnd() {
        bench.fromEarliest = false;
        consumer.writeAll(List.of(P0), 10);
        bench.start(P0);
        consumer.duringPoll.add(() -> consumer.losePartitions(List.of(P0)));
        bench.turn();
        consumer.writeAll(List.of(P0), 5);

        LoopBench again = new LoopBench();
        again.fromEarliest = false;
        again.consumer.writeAll(List.of(P0), 15);
        again.consumer.committedBefore(P0, consumer.commits.get(0).get(P0));
        again.start(P0);

        assertThat(offsets(again.takeAll())).containsExactly(10L, 11L, 12L, 13L, 14L);
        again.close();
    }

    @Test
    void startsAtTheBeginningWhenToldAndCommitsThatToo() {
        consumer.writeAll(List.of(P0), 3);
        bench.start(P0);
        assertThat(consumer.committedOf(P0)).containsExactly(0L);
        assertThat(bench.takeAll()).hasSize(3);
    }

    /** P1: the group knows four partitions, the fifth came while nobody looked. */
    @Test
    void startsAPartitionThatWasAddedLaterAtItsBeginning() {
        TopicPartition added = new TopicPartition("orders", 4);
        bench.fromEarliest = false;
        consumer.committedBefore(P0, new OffsetAndMetadata(0, AT_FIRST));
        consumer.topic("orders", 5);
        consumer.writeAll(List.of(P3, added), 3);

        bench.start(P0, P3, added);

        assertThat(consumer.committedOf(P3)).containsExactly(3L);
        assertThat(consumer.committedOf(added)).containsExactly(0L);
        assertThat(bench.takeAll())
                .hasSize(3)
                .allMatch(delivery -> delivery.assignment().partition().equals(added));
    }

    @Test
    void remembersInEveryCommitHowManyPartitionsThereWereAtFirst() {
        TopicPartition added = new TopicPartition("orders", 4);
        bench.fromEarliest = false;
        bench.start(P0);
        consumer.topic("orders", 6);
        consumer.writeAll(List.of(P0, added), 1);
        bench.assign(added);

        finish(bench.takeAll());
        bench.commit();

        assertThat(consumer.commits)
                .hasSize(3)
                .allSatisfy(commit -> assertThat(commit.values())
                        .allMatch(offset -> offset.metadata().equals(AT_FIRST)));
    }

    @Test
    void takesCommitsOfOtherToolsAsTheyAre() {
        consumer.writeAll(List.of(P0, P1), 4);
        consumer.committedBefore(P0, new OffsetAndMetadata(2));
        consumer.committedBefore(P1, new OffsetAndMetadata(3, "by hand"));

        bench.start(P0, P1);
        assertThat(bench.takeAll().stream()
                        .map(delivery -> delivery.assignment().partition() + "@"
                                + delivery.record().offset()))
                .containsExactlyInAnyOrder("orders-0@2", "orders-0@3", "orders-1@3");
    }

    @Test
    void beginsAfreshWhenTheCommittedOffsetIsBelowTheLog() {
        consumer.skipTo(P0, 100);
        consumer.write(P0, "order.placed", "{}");
        consumer.committedBefore(P0, new OffsetAndMetadata(50, AT_FIRST));

        bench.start(P0);
        finish(bench.takeAll());
        bench.commit();

        assertThat(consumer.committedOf(P0)).endsWith(101L);
    }
}
