package io.kaufmann.internal.consume;

import static io.kaufmann.internal.consume.LoopBench.P0;
import static io.kaufmann.internal.consume.LoopBench.P1;
import static io.kaufmann.internal.consume.LoopBench.P2;
import static io.kaufmann.internal.consume.LoopBench.P3;
import static io.kaufmann.internal.consume.LoopBench.finish;
import static io.kaufmann.internal.consume.LoopBench.offsets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a loop hands out, what it holds back, and what it commits. */
@Timeout(60)
class ConsumerLoopTest {

    private final LoopBench bench = new LoopBench();
    private final ScriptedConsumer consumer = bench.consumer;

    @AfterEach
    void speak() {
        bench.close();
    }

    @Test
    void handsOutWhatItReadsInTheOrderOfOffsets() {
        consumer.writeAll(List.of(P0), 5);
        bench.start(P0);

        List<Delivery> taken = bench.takeAll();

        assertThat(offsets(taken)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(taken).allSatisfy(delivery -> {
            assertThat(delivery.assignment().partition()).isEqualTo(P0);
            assertThat(delivery.name().orElseThrow().text()).isEqualTo("order.placed");
        });
    }

    @Test
    void handsOutNoMoreEventsThanMayBeInFlightAndGoesOnPolling() {
        bench.maxEvents = 10;
        consumer.writeAll(List.of(P0), 100);
        bench.start(P0);
        assertThat(bench.queue.size()).isEqualTo(10);
        assertThat(consumer.paused()).containsExactly(P0);

        int polls = consumer.polls.get();
        bench.turns(5);

        assertThat(bench.queue.size()).isEqualTo(10);
        assertThat(consumer.polls).hasValue(polls + 5);
    }

    @Test
    void handsOutAsMuchAsHasEnded() {
        bench.maxEvents = 10;
        consumer.writeAll(List.of(P0), 100);
        bench.start(P0);
        List<Delivery> taken = bench.takeAll();

        finish(taken.subList(2, 6));
        bench.turn();

        assertThat(offsets(bench.takeAll())).containsExactly(10L, 11L, 12L, 13L);
    }

    @Test
    void readsOnOnceTheRestIsHandedOut() {
        bench.maxEvents = 10;
        consumer.maxPollRecords = 15;
        consumer.writeAll(List.of(P0), 30);
        bench.start(P0);
        int handedOut = 0;
        for (int i = 0; i < 20; i++) {
            List<Delivery> taken = bench.takeAll();
            handedOut += taken.size();
            finish(taken);
            bench.turn();
        }
        assertThat(handedOut).isEqualTo(30);
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void handsOutNoMoreBytesThanMayBeInFlightButOneEventHoweverLarge() {
        bench.maxBytes = 1_000;
        for (int i = 0; i < 5; i++) {
            consumer.write(P0, "order.placed", "x".repeat(600));
        }
        consumer.write(P0, "order.placed", "x".repeat(5_000));
        bench.start(P0);

        List<Delivery> taken = bench.takeAll();
        assertThat(offsets(taken)).containsExactly(0L, 1L);
        finish(taken);
        bench.turn();
        taken = bench.takeAll();
        assertThat(offsets(taken)).containsExactly(2L, 3L);
        finish(taken);
        bench.turn();
        taken = bench.takeAll();
        assertThat(offsets(taken)).containsExactly(4L, 5L);
        finish(taken);
    }

    @Test
    void readsNoPartitionFurtherAheadOfItsUnfinishedEventsThanAllowed() {
        bench.maxUncommitted = 20;
        consumer.writeAll(List.of(P0, P1), 100);
        bench.start(P0, P1);
        List<Delivery> taken = bench.takeAll();
        Delivery stuck = taken.stream()
                .filter(delivery -> delivery.assignment().partition().equals(P0))
                .findFirst()
                .orElseThrow();
        taken.remove(stuck);
        finish(taken);
        for (int i = 0; i < 20; i++) {
            bench.turn();
            finish(bench.takeAll());
        }
        bench.commit();
        assertThat(consumer.committedOf(P0)).isEqualTo(List.of(0L));
        assertThat(consumer.committedOf(P1)).endsWith(100L);
        assertThat(consumer.paused()).containsExactly(P0);

        finish(stuck);
        bench.turn();

        assertThat(bench.takeAll()).hasSize(20);
    }

    /** P4: what is held is the limit and one poll, however many partitions there are. */
    @Test
    void holdsTheLimitAndOnePollNoMatterHowManyPartitions() {
        bench.maxEvents = 10;
        consumer.maxPollRecords = 10;
        List<TopicPartition> all = List.of(P0, P1, P2, P3);
        consumer.writeAll(all, 100);
        bench.start(P0, P1, P2, P3);
        bench.turns(20);

        long read = all.stream()
                .mapToLong(partition -> consumer.position(partition))
                .sum();

        assertThat(read).isLessThanOrEqualTo(20);
        int handedOut = 0;
        for (int i = 0; i < 200; i++) {
            List<Delivery> taken = bench.takeAll();
            handedOut += taken.size();
            finish(taken);
            bench.turn();
        }
        assertThat(handedOut).isEqualTo(400);
    }

    @Test
    void passesOverANameThatNobodyHandlesAndCommitsIt() {
        consumer.write(P0, "unhandled.event#7", "not to be decoded");
        consumer.write(P0, "order.placed#7", "{}");
        consumer.write(P0, "unhandled.event", null);
        bench.start(P0);
        List<Delivery> taken = bench.takeAll();
        assertThat(offsets(taken)).containsExactly(1L);
        bench.commit();
        assertThat(consumer.committedOf(P0)).containsExactly(0L, 1L);

        finish(taken);
        bench.commit();

        assertThat(consumer.committedOf(P0)).containsExactly(0L, 1L, 3L);
    }

    @Test
    void handsOutARecordWithoutAKeyAsOneWithoutAName() {
        consumer.write(P0, null, "{}");
        consumer.write(P0, "", "{}");
        bench.start(P0);

        List<Delivery> taken = bench.takeAll();

        assertThat(taken.get(0).name()).isEmpty();
        assertThat(taken.get(1).name().orElseThrow().text()).isEmpty();
    }

    /** P1, P2. */
    @Test
    void commitsNothingPastAnUnfinishedRecord() {
        consumer.writeAll(List.of(P0), 5);
        bench.start(P0);
        List<Delivery> taken = bench.takeAll();

        finish(taken.get(4), taken.get(2), taken.get(1));
        bench.commit();
        assertThat(consumer.committedOf(P0)).containsExactly(0L);

        finish(taken.get(0));
        bench.commit();
        assertThat(consumer.committedOf(P0)).containsExactly(0L, 3L);

        finish(taken.get(3));
        bench.commit();
        assertThat(consumer.committedOf(P0)).containsExactly(0L, 3L, 5L);
    }

    @Test
    void commitsPastHolesAndMarkersAtTheEndOfALog() {
        consumer.write(P0, "order.placed", "{}");
        consumer.skipTo(P0, 10);
        consumer.write(P0, "order.placed", "{}");
        consumer.skipTo(P0, 15);
        bench.start(P0);
        List<Delivery> taken = bench.takeAll();
        assertThat(offsets(taken)).containsExactly(0L, 10L);

        finish(taken.get(0));
        bench.commit();
        finish(taken.get(1));
        bench.commit();
        consumer.skipTo(P0, 17);
        bench.turn();
        bench.commit();
        bench.commit();

        assertThat(consumer.committedOf(P0)).containsExactly(0L, 10L, 15L, 17L);
    }

    @Test
    void commitsWithTheLeaderEpochOfTheRecordBeforeTheOffset() {
        consumer.leaderEpoch = Optional.of(3);
        consumer.write(P0, "order.placed", "{}");
        consumer.write(P0, "order.placed", "{}");
        bench.start(P0);
        List<Delivery> taken = bench.takeAll();
        finish(taken.get(0));
        bench.commit();
        consumer.leaderEpoch = Optional.of(4);
        consumer.write(P0, "order.placed", "{}");
        bench.turn();
        finish(taken.get(1));
        bench.commit();
        bench.commit();
        finish(bench.takeAll());
        bench.commit();

        assertThat(consumer.commits)
                .extracting(commit -> commit.get(P0).offset() + " "
                        + commit.get(P0).leaderEpoch().map(String::valueOf).orElse("unknown"))
                .containsSubsequence("1 3", "3 4");
    }

    @Test
    void commitsWhenEnoughHasGatheredBeforeTheIntervalIsOver() {
        bench.commitThreshold = 3;
        consumer.writeAll(List.of(P0, P1), 3);
        bench.start(P0, P1);
        List<Delivery> taken = bench.takeAll();

        finish(taken.get(0), taken.get(1));
        bench.turn();
        assertThat(consumer.commits).hasSize(1);

        finish(taken.subList(2, 6));
        bench.turn();

        assertThat(consumer.commits).hasSize(2);
        assertThat(consumer.committedOf(P0)).endsWith(3L);
        assertThat(consumer.committedOf(P1)).endsWith(3L);
    }

    @Test
    void commitsNothingWhenNothingIsNew() {
        consumer.writeAll(List.of(P0), 1);
        bench.start(P0);
        finish(bench.takeAll());
        bench.commit();
        int commits = consumer.commits.size();

        bench.commit();
        bench.commit();

        assertThat(consumer.commits).hasSize(commits);
    }

    /** P2, with workers that finish in any order and answers of commits that come late. */
    @RepeatedTest(100)
    void commitsNeverGoBackwardsAndNeverPassAnUnfinishedEvent(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        bench.maxEvents = 1 + random.nextInt(30);
        bench.maxUncommitted = 1L + random.nextInt(40);
        bench.commitThreshold = 1L + random.nextInt(20);
        bench.commitWaits = random.nextBoolean();
        consumer.maxPollRecords = 1 + random.nextInt(20);
        List<TopicPartition> partitions = List.of(P0, P1, P2);
        consumer.writeAll(partitions, 60);
        bench.start(P0, P1, P2);
        List<Delivery> running = new ArrayList<>();
        for (int turn = 0; turn < 150; turn++) {
            running.addAll(bench.takeAll());
            for (int i = random.nextInt(10); i > 0 && !running.isEmpty(); i--) {
                finish(running.remove(random.nextInt(running.size())));
            }
            consumer.answersLate = random.nextInt(4) == 0;
            if (random.nextInt(5) == 0) {
                consumer.answerLate();
            }
            if (random.nextInt(10) == 0) {
                consumer.wakeup();
            }
            bench.clock.advance(Duration.ofMillis(random.nextInt(700)));
            bench.turn();
            for (Delivery unfinished : running) {
                assertThat(consumer.committedOf(unfinished.assignment().partition()))
                        .as("seed %d", repetition.getCurrentRepetition())
                        .allMatch(offset -> offset <= unfinished.record().offset());
            }
        }
        consumer.answersLate = false;
        for (int i = 0; i < 400; i++) {
            running.addAll(bench.takeAll());
            finish(running);
            running.clear();
            consumer.answerLate();
            bench.commit();
        }
        for (TopicPartition partition : partitions) {
            assertThat(consumer.committedOf(partition))
                    .as("seed %d", repetition.getCurrentRepetition())
                    .isSorted()
                    .endsWith(60L);
        }
    }

    /** P6. */
    @Test
    void drainsARevokedPartitionAndCommitsItBeforeItIsHandedOver() throws InterruptedException {
        bench.drainTimeout = Duration.ofMinutes(1);
        consumer.writeAll(List.of(P0, P1), 4);
        bench.start(P0, P1);
        List<Delivery> taken = bench.takeAll();
        List<Delivery> ofP0 = taken.stream()
                .filter(delivery -> delivery.assignment().partition().equals(P0))
                .toList();
        finish(ofP0.get(0));
        Thread loop = Thread.currentThread();
        Thread worker = new Thread(() -> {
            // Not before the loop waits: else it would find them finished without any drain.
            await().until(() -> loop.getState() == Thread.State.TIMED_WAITING);
            finish(ofP0.get(2));
            finish(ofP0.get(1));
            finish(ofP0.get(3));
        });

        consumer.duringPoll.add(() -> {
            worker.start();
            consumer.revoke(P0);
            assertThat(consumer.committedOf(P0)).containsExactly(0L, 4L);
        });
        bench.turn();

        worker.join();
        assertThat(consumer.committedOf(P1)).containsExactly(0L);
        assertThat(ofP0).allMatch(delivery -> !delivery.assignment().isAbandoned());
    }

    @Test
    void doesNotWaitForEventsOfARevokedPartitionThatHaveNotStarted() {
        bench.drainTimeout = Duration.ofMinutes(1);
        bench.maxEvents = 3;
        consumer.writeAll(List.of(P0), 10);
        bench.start(P0);
        assertThat(bench.queue.size()).isEqualTo(3);

        consumer.duringPoll.add(() -> consumer.revoke(P0));
        bench.turn();

        assertThat(consumer.committedOf(P0)).containsExactly(0L);
        bench.takeAll().forEach(delivery -> {
            assertThat(delivery.start()).isFalse();
            delivery.finish(Outcome.DROPPED);
        });
        // What was dropped makes room again, for the partitions that are left.
        consumer.writeAll(List.of(P1), 3);
        bench.assign(P1);
        assertThat(bench.takeAll())
                .hasSize(3)
                .allMatch(delivery -> delivery.assignment().partition().equals(P1));
    }

    @Test
    void givesUpARevokedPartitionWhenItsTimeIsOver() throws InterruptedException {
        bench.drainTimeout = Duration.ofSeconds(20);
        consumer.writeAll(List.of(P0), 3);
        bench.start(P0);
        List<Delivery> taken = bench.takeAll();
        finish(taken.get(0), taken.get(2));
        Thread time = new Thread(() -> {
            // Again and again: the revoke may begin to wait after any one of them.
            while (!taken.get(1).assignment().isAbandoned()) {
                bench.clock.advance(Duration.ofSeconds(1));
                Thread.onSpinWait();
            }
        });

        consumer.duringPoll.add(() -> {
            time.start();
            consumer.revoke(P0);
        });
        bench.turn();

        time.join();
        assertThat(consumer.committedOf(P0)).containsExactly(0L, 1L);
        assertThat(taken.get(1).assignment().isAbandoned()).isTrue();
    }

    @Test
    void commitsNothingOfLostPartitionsAndAbandonsWhatRunsOfThem() {
        consumer.writeAll(List.of(P0, P1), 2);
        bench.start(P0, P1);
        List<Delivery> taken = bench.takeAll();
        finish(taken);

        int commits = consumer.commits.size();
        consumer.duringPoll.add(() -> consumer.losePartitions(List.of(P0, P1)));
        bench.turn();
        bench.commit();

        assertThat(consumer.commits).hasSize(commits);
        assertThat(taken).allMatch(delivery -> delivery.assignment().isAbandoned());
    }

    /** P2: told by identity, not by partition and offset. */
    @Test
    void ignoresACompletionOfAnEarlierAssignmentOfTheSamePartition() {
        consumer.writeAll(List.of(P0), 3);
        bench.start(P0);
        List<Delivery> before = bench.takeAll();
        consumer.duringPoll.add(() -> consumer.losePartitions(List.of(P0)));
        bench.turn();
        bench.assign(P0);
        // P3: what comes again waits for its earlier flight.
        assertThat(bench.takeAll()).isEmpty();

        finish(before);
        bench.commit();
        List<Delivery> now = bench.takeAll();
        assertThat(offsets(now)).containsExactly(0L, 1L, 2L);
        assertThat(consumer.committedOf(P0)).containsExactly(0L);

        finish(now.get(0));
        bench.commit();
        assertThat(consumer.committedOf(P0)).containsExactly(0L, 1L);
    }

    @Test
    void countsWhatIsLeftOfAnEarlierAssignmentAgainstItsLimits() {
        bench.maxEvents = 3;
        consumer.writeAll(List.of(P0), 3);
        bench.start(P0);
        List<Delivery> before = bench.takeAll();
        consumer.duringPoll.add(() -> consumer.losePartitions(List.of(P0)));
        bench.turn();
        bench.assign(P0);
        assertThat(bench.queue.size()).isZero();

        finish(before);
        bench.turns(3);

        assertThat(offsets(bench.takeAll())).containsExactly(0L, 1L, 2L);
    }

    @Test
    void readsALogThatWasMadeAnewFromWhereItBeginsNow() {
        consumer.writeAll(List.of(P0), 5);
        bench.start(P0);
        List<Delivery> before = bench.takeAll();
        finish(before.subList(0, 4));
        bench.commit();
        assertThat(consumer.committedOf(P0)).containsExactly(0L, 4L);

        consumer.recreate(P0);
        consumer.writeAll(List.of(P0), 2);
        bench.turns(2);
        List<Delivery> now = bench.takeAll();

        assertAll(
                () -> assertThat(offsets(now)).containsExactly(0L, 1L),
                () -> assertThat(before.get(4).assignment().isAbandoned()).isTrue(),
                () -> assertThat(now.get(0).assignment().isAbandoned()).isFalse());
        finish(before.get(4));
        finish(now);
        bench.commit();
        assertThat(consumer.committedOf(P0)).containsExactly(0L, 4L, 2L);
    }

    @Test
    void keepsWhatItHoldsOfAPartitionWhenOthersComeAndGo() {
        bench.maxEvents = 3;
        consumer.writeAll(List.of(P0), 9);
        bench.start(P0);
        List<Delivery> handedOut = new ArrayList<>(bench.takeAll());
        bench.assign(P1);
        consumer.duringPoll.add(() -> consumer.revoke(P1));
        bench.turn();
        for (int i = 0; i < 6; i++) {
            finish(handedOut);
            bench.turn();
            handedOut.addAll(bench.takeAll());
        }
        assertThat(offsets(handedOut)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }
}
