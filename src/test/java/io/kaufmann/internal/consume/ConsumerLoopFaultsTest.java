package io.kaufmann.internal.consume;

import static io.kaufmann.internal.consume.LoopBench.P0;
import static io.kaufmann.internal.consume.LoopBench.P1;
import static io.kaufmann.internal.consume.LoopBench.finish;
import static io.kaufmann.internal.consume.LoopBench.offsets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.internal.handoff.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a loop does when the group, the broker or the time of a wakeup is against it. */
class ConsumerLoopFaultsTest {

    private static final TopicPartition OTHER = new TopicPartition("others", 0);

    private final LoopBench bench = new LoopBench();
    private final ScriptedConsumer consumer = bench.consumer;

    @AfterEach
    void speak() {
        bench.close();
    }

    static Stream<RuntimeException> passing() {
        return Stream.of(
                new TimeoutException("on purpose"),
                new RebalanceInProgressException("on purpose"),
                new CommitFailedException("on purpose"),
                new UnknownMemberIdException("on purpose"),
                new StaleMemberEpochException("on purpose"),
                new FencedMemberEpochException("on purpose"),
                new IllegalGenerationException("on purpose"),
                new GroupAuthorizationException("orders"),
                new SaslAuthenticationException("on purpose"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void coversAFailedCommitWithTheNextOne(RuntimeException error) {
        bench.commitWaits = true;
        consumer.writeAll(List.of(P0), 3);
        bench.start(P0);
        List<Delivery> taken = bench.takeAll();
        finish(taken.get(0));
        consumer.commitErrors.add(error);
        bench.commit();
        assertThat(consumer.committedOf(P0)).containsExactly(0L);

        finish(taken.get(1));
        bench.commit();

        assertThat(consumer.committedOf(P0)).containsExactly(0L, 2L);
    }

    /** Each try to read it fails a poll, which the others need. */
    @Test
    void leavesATopicAloneForAWhileThatMayNotBeRead() {
        TopicPartition other = new TopicPartition("others", 0);
        consumer.topic("others", 1);
        bench.start(P0, other);
        consumer.duringPoll.add(() -> {
            throw new TopicAuthorizationException(Set.of("others"));
        });
        assertThat(bench.loop().tryTurn()).isLessThan(Duration.ofSeconds(1));

        bench.turn();

        assertThat(consumer.paused()).containsExactly(other);
        assertThat(bench.loop().failing())
                .hasValueSatisfying(trouble -> assertThat(trouble.reason()).contains("others"));
        bench.clock.advance(Duration.ofSeconds(5));
        bench.turn();
        assertThat(consumer.paused()).isEmpty();
        bench.clock.advance(Duration.ofSeconds(5));
        bench.turn();
        assertThat(bench.loop().failing()).isEmpty();
    }

    /** The group then assigns none of its partitions, so that no poll fails any more. */
    @Test
    void doesNotForgetATopicThatItMayNotEvenDescribe() {
        bench.start(P0);
        consumer.forbidden.add("others");
        consumer.duringPoll.add(() -> {
            throw new TopicAuthorizationException(Set.of("others"));
        });
        bench.loop().tryTurn();
        for (int i = 0; i < 10; i++) {
            bench.clock.advance(Duration.ofSeconds(60));
            bench.turn();
        }
        assertThat(bench.loop().failing())
                .hasValueSatisfying(trouble -> assertThat(trouble.lasting()).isEqualTo(Duration.ofMinutes(10)));

        consumer.forbidden.clear();
        bench.clock.advance(Duration.ofSeconds(10));
        bench.turn();

        assertThat(bench.loop().failing()).isEmpty();
    }

    /** A commit with a topic that is refused is refused as a whole. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void commitsTheTopicsThatItMayAndTellsOfTheOthers(boolean waits) {
        bench.commitWaits = waits;
        consumer.topic("others", 1);
        consumer.writeAll(List.of(P0, OTHER), 3);
        bench.start(P0, OTHER);
        List<Delivery> taken = bench.takeAll();
        consumer.forbidden.add("others");
        finish(taken);
        bench.commit();
        bench.commit();
        assertThat(consumer.committedOf(P0)).endsWith(3L);
        bench.commit();
        assertThat(bench.loop().uncommitted())
                .hasValueSatisfying(trouble -> assertThat(trouble.reason()).contains("others"));

        consumer.forbidden.clear();
        bench.commit();

        assertThat(consumer.committedOf(OTHER)).endsWith(3L);
        assertThat(bench.loop().uncommitted()).isEmpty();
    }

    @Test
    void givesUpTheTopicsThatItMayCommitThoughItMayNotCommitOthers() {
        consumer.topic("others", 1);
        consumer.writeAll(List.of(P0, OTHER), 3);
        bench.start(P0, OTHER);
        finish(bench.takeAll());
        consumer.forbidden.add("others");

        consumer.duringPoll.add(() -> consumer.revoke(P0, OTHER));
        bench.turn();

        assertThat(consumer.committedOf(P0)).endsWith(3L);
    }

    @Test
    void startsTheTopicsThatItMayReadThoughOthersCameWithThem() {
        consumer.topic("others", 1);
        consumer.writeAll(List.of(P0, OTHER), 3);
        consumer.forbidden.add("others");

        bench.start(P0, OTHER);

        assertThat(bench.takeAll()).hasSize(3);
        assertThat(bench.loop().waitingToStart()).isEmpty();
        bench.clock.advance(Duration.ofSeconds(2));
        bench.turn();
        assertThat(bench.loop().waitingToStart()).containsOnlyKeys(OTHER);
        consumer.forbidden.clear();
        bench.clock.advance(Duration.ofSeconds(20));
        bench.turns(3);
        assertThat(bench.takeAll()).hasSize(3);
    }

    /** One that comes too late for its poll, while the coordinator is looked for. */
    @Test
    void repeatsACommitThatAWakeupStruck() {
        consumer.writeAll(List.of(P0), 1);
        bench.start(P0);
        finish(bench.takeAll());
        consumer.commitAsyncErrors.add(new WakeupException());
        bench.commit();
        assertThat(consumer.committedOf(P0)).endsWith(1L);
        assertThat(bench.loop().uncommitted()).isEmpty();
    }

    /** By the new protocol, a commit is not answered before its coordinator is found again. */
    @Test
    void tellsOfACommitThatIsNotAnswered() {
        consumer.answersLate = true;
        consumer.writeAll(List.of(P0), 1);
        bench.start(P0);
        finish(bench.takeAll());
        bench.commit();
        bench.clock.advance(Duration.ofMinutes(1));
        bench.turn();
        assertThat(bench.loop().uncommitted())
                .hasValueSatisfying(trouble -> assertThat(trouble.lasting()).isEqualTo(Duration.ofMinutes(1)));

        consumer.answerLate();

        assertThat(bench.loop().uncommitted()).isEmpty();
        assertThat(consumer.committedOf(P0)).endsWith(1L);
    }

    /** Nobody can commit then, and nothing is lost. */
    @Test
    void tellsOfARebalanceOnlyWhenItDoesNotEnd() {
        consumer.writeAll(List.of(P0), 1);
        bench.start(P0);
        finish(bench.takeAll());
        for (int i = 0; i < 10; i++) {
            consumer.commitAnswers.add(new RebalanceInProgressException("on purpose"));
        }
        for (int i = 0; i < 4; i++) {
            bench.clock.advance(Duration.ofMinutes(1));
            bench.turn();
        }
        assertThat(bench.loop().uncommitted()).isEmpty();
        bench.clock.advance(Duration.ofMinutes(3));
        bench.turn();
        assertThat(bench.loop().uncommitted()).isPresent();
        consumer.commitAnswers.clear();
        bench.commit();
        assertThat(bench.loop().uncommitted()).isEmpty();
    }

    @Test
    void triesATurnAgainThatFailedByAnErrorThatPasses() {
        bench.start(P0);
        consumer.duringPoll.add(() -> {
            throw new GroupAuthorizationException("group");
        });
        assertThat(bench.loop().tryTurn()).isEqualTo(Duration.ofSeconds(1));
        assertThat(bench.loop().failing())
                .hasValueSatisfying(trouble -> assertThat(trouble.reason()).contains("group"));
        assertThat(bench.loop().tryTurn()).isZero();
        consumer.duringPoll.add(() -> {
            throw new FencedInstanceIdException("on purpose");
        });
        assertThatThrownBy(bench.loop()::tryTurn).isInstanceOf(FencedInstanceIdException.class);
    }

    @Test
    void triesAFailedCommitAgainEachSecondThoughMoreAndMoreGathers() {
        bench.commitInterval = Duration.ofMinutes(5);
        bench.commitThreshold = 2;
        consumer.writeAll(List.of(P0), 10);
        bench.start(P0);
        List<Delivery> taken = bench.takeAll();
        int failing = 5;
        for (int i = 0; i < failing; i++) {
            consumer.commitAnswers.add(new TimeoutException("on purpose"));
        }
        finish(taken.subList(0, 2));
        bench.turns(3);
        finish(taken.subList(2, 10));
        bench.turns(3);
        assertThat(consumer.commitAnswers).hasSize(failing - 1);

        bench.clock.advance(Duration.ofSeconds(1));
        bench.turns(3);

        assertThat(consumer.commitAnswers).hasSize(failing - 2);
    }

    @Test
    void coversACommitThatIsAnsweredByAFailureWithTheNextOne() {
        consumer.writeAll(List.of(P0), 3);
        bench.start(P0);
        finish(bench.takeAll());
        consumer.commitAnswers.add(new RetriableCommitFailedException("on purpose"));
        bench.commit();
        assertThat(consumer.committedOf(P0)).containsExactly(0L);

        bench.commit();

        assertThat(consumer.committedOf(P0)).containsExactly(0L, 3L);
    }

    /** Such as a group that the service may not use any more: Kafka throws that in place of calling back. */
    @ParameterizedTest
    @MethodSource("passing")
    void commitsAgainAfterACommitThatThrewAtOnce(RuntimeException error) {
        consumer.writeAll(List.of(P0), 3);
        bench.start(P0);
        finish(bench.takeAll());
        consumer.commitAsyncErrors.add(error);
        bench.commit();
        assertThat(consumer.committedOf(P0)).containsExactly(0L);

        bench.commit();

        assertThat(consumer.committedOf(P0)).containsExactly(0L, 3L);
    }

    @Test
    void hasOneCommitOnItsWayAtMost() {
        consumer.writeAll(List.of(P0), 3);
        bench.start(P0);
        List<Delivery> taken = bench.takeAll();
        consumer.answersLate = true;
        finish(taken.get(0));
        bench.commit();
        finish(taken.get(1));
        bench.commit();
        bench.commit();
        assertThat(consumer.lateAnswers).hasSize(1);

        consumer.answerLate();
        bench.commit();
        consumer.answerLate();

        assertThat(consumer.committedOf(P0)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aLateAnswerDoesNotTouchALaterAssignment() {
        consumer.writeAll(List.of(P0), 3);
        bench.start(P0);
        finish(bench.takeAll());
        consumer.answersLate = true;
        bench.commit();
        consumer.commitAnswers.add(new RetriableCommitFailedException("too late"));
        consumer.duringPoll.add(() -> consumer.losePartitions(List.of(P0)));
        bench.turn();
        consumer.answerLate();
        consumer.answersLate = false;
        bench.assign(P0);

        finish(bench.takeAll().get(0));
        bench.commit();

        assertThat(consumer.committedOf(P0)).containsExactly(0L, 1L);
    }

    /** What a callback throws comes out of the poll as an error that ends the loop. */
    @ParameterizedTest
    @MethodSource("passing")
    void givesARevokedPartitionUpThoughItsCommitFails(RuntimeException error) {
        consumer.writeAll(List.of(P0, P1), 2);
        bench.start(P0, P1);
        List<Delivery> taken = bench.takeAll();
        finish(taken);
        consumer.commitErrors.add(error);

        consumer.duringPoll.add(() -> consumer.revoke(P0));
        bench.turn();
        bench.commit();

        assertThat(consumer.committedOf(P0)).containsExactly(0L);
        assertThat(consumer.committedOf(P1)).containsExactly(0L, 2L);
    }

    @Test
    void repeatsAWaitingCommitThatALateWakeupStrikes() {
        bench.commitWaits = true;
        consumer.writeAll(List.of(P0), 2);
        bench.start(P0);
        finish(bench.takeAll());
        consumer.wakeup();

        bench.commit();

        assertThat(consumer.committedOf(P0)).containsExactly(0L, 2L);
    }

    @Test
    void repeatsTheCommitOfARevokeThatALateWakeupStrikes() {
        consumer.writeAll(List.of(P0), 2);
        bench.start(P0);
        finish(bench.takeAll());

        consumer.duringPoll.add(() -> {
            consumer.wakeup();
            consumer.revoke(P0);
        });
        bench.turn();

        assertThat(consumer.committedOf(P0)).containsExactly(0L, 2L);
    }

    @Test
    void losesNoRecordToAWakeup() {
        bench.start(P0);
        consumer.writeAll(List.of(P0), 2);
        consumer.wakeup();

        bench.turns(3);

        assertThat(offsets(bench.takeAll())).containsExactly(0L, 1L);
    }

    /** Without a poll the consumer would never join its group again, and would fail for ever. */
    @ParameterizedTest
    @MethodSource("passing")
    void goesOnPollingWhileThePlaceToStartCannotBeFoundOrCommitted(RuntimeException error) {
        consumer.writeAll(List.of(P0, P1), 1);
        bench.start(P0);
        consumer.commitErrors.add(error);
        consumer.committedErrors.add(error);
        int polls = consumer.polls.get();

        bench.assign(P1);

        assertThat(consumer.polls).hasValue(polls + 3);
        assertThat(bench.takeAll()).hasSize(1);
        consumer.writeAll(List.of(P0), 1);
        bench.turns(2);
        assertThat(bench.takeAll()).hasSize(1);
        assertThat(consumer.paused()).containsExactly(P1);

        bench.clock.advance(Duration.ofSeconds(1));
        bench.turn();
        assertThat(bench.takeAll()).isEmpty();
        // The second try comes later than the first.
        bench.clock.advance(Duration.ofSeconds(2));
        bench.turns(2);

        assertThat(bench.takeAll())
                .hasSize(1)
                .allMatch(delivery -> delivery.assignment().partition().equals(P1));
        assertThat(consumer.committedOf(P1)).containsExactly(0L);
    }

    /** Such as one without a leader, or of a topic that may not be read. */
    @Test
    void startsAPartitionThoughAnotherThatCameWithItCannotStart() {
        consumer.writeAll(List.of(P0, P1), 1);
        bench.start(P0);
        finish(bench.takeAll());
        bench.commit();
        consumer.duringPoll.add(() -> consumer.revoke(P0));
        bench.turn();
        consumer.writeAll(List.of(P0), 1);
        consumer.commitErrors.add(new TopicAuthorizationException("orders"));

        bench.assign(P0, P1);

        assertThat(bench.takeAll())
                .singleElement()
                .satisfies(delivery ->
                        assertThat(delivery.assignment().partition()).isEqualTo(P0));
        bench.clock.advance(Duration.ofSeconds(1));
        bench.turn();
        bench.turn();
        assertThat(bench.takeAll())
                .singleElement()
                .satisfies(delivery ->
                        assertThat(delivery.assignment().partition()).isEqualTo(P1));
    }

    @Test
    void tellsWhichPartitionsWaitToStart() {
        bench.start(P0);
        for (int i = 0; i < 4; i++) {
            consumer.committedErrors.add(new TimeoutException("on purpose"));
        }
        bench.assign(P1);
        bench.clock.advance(Duration.ofSeconds(1));
        bench.turn();
        assertThat(bench.loop().waitingToStart()).containsOnlyKeys(P1);

        for (int i = 0; i < 5; i++) {
            bench.clock.advance(Duration.ofSeconds(20));
            bench.turn();
        }

        assertThat(bench.loop().waitingToStart()).isEmpty();
    }

    @Test
    void forgetsAPartitionThatIsRevokedBeforeItStarted() {
        consumer.writeAll(List.of(P0), 1);
        bench.loop().subscribe();
        consumer.duringPoll.add(() -> consumer.assignMore(P0));
        bench.turn();
        consumer.committedErrors.add(new TimeoutException("on purpose"));
        consumer.duringPoll.add(() -> consumer.revoke(P0));
        bench.turn();

        bench.clock.advance(Duration.ofSeconds(5));
        bench.turns(3);

        assertThat(bench.queue.size()).isZero();
        assertThat(consumer.commits).isEmpty();
    }

    @Test
    void letsAFencedConsumerEndTheLoop() {
        consumer.writeAll(List.of(P0), 1);
        bench.start(P0);
        finish(bench.takeAll());
        consumer.commitAsyncErrors.add(new FencedInstanceIdException("on purpose"));

        assertThatThrownBy(bench::commit).isInstanceOf(FencedInstanceIdException.class);
    }

    /** Such as one that takes not even the parked keys. */
    @Test
    void commitsWithoutAnyMetadataWhenTheBrokerRefusesAll() {
        bench.commitWaits = true;
        consumer.writeAll(List.of(P0), 2);
        bench.start(P0);
        finish(bench.takeAll());
        for (int i = 0; i < 3; i++) {
            consumer.commitErrors.add(new OffsetMetadataTooLarge("on purpose"));
        }

        bench.commit();

        assertThat(consumer.committedOf(P0)).containsExactly(0L, 2L);
        assertThat(consumer.commits.get(consumer.commits.size() - 1).get(P0).metadata())
                .isEmpty();
    }

    /** A broker that takes less metadata with a commit gets the offsets all the same. */
    @Test
    void commitsWithoutAGapMapWhenTheBrokerRefusesIt() {
        consumer.writeAll(List.of(P0), 3);
        bench.start(P0);
        List<Delivery> taken = bench.takeAll();
        finish(taken.get(1));
        bench.turn();
        consumer.commitAnswers.add(new OffsetMetadataTooLarge("on purpose"));
        finish(taken.get(0));
        bench.commit();
        bench.commit();

        assertThat(consumer.committedOf(P0)).endsWith(2L);
        assertThat(consumer.commits.get(consumer.commits.size() - 1).get(P0).metadata())
                .doesNotContain("gaps=");
    }
}
