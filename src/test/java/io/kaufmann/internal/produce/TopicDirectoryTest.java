package io.kaufmann.internal.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.publish.PublishException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopicDirectoryTest {

    private final ScriptedCluster cluster = new ScriptedCluster();
    private final SettableClock clock = new SettableClock();
    private final TopicDirectory directory = new TopicDirectory(
            ScriptedCluster.producer(true, "orders", "missing", "other"), new TopicLookUp(cluster::admin), clock);
    private boolean closed;
    private final Queue<Object> answers = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        cluster.letGo();
        if (!closed) {
            directory.close();
        }
    }

    private void find(String topic) {
        directory.find(topic, new Topics.Answer() {
            @Override
            public void partitions(int count) {
                answers.add(count);
            }

            @Override
            public void unknown(PublishException problem) {
                answers.add(problem);
            }
        });
    }

    private Object answer(String topic) {
        answers.clear();
        find(topic);
        await().until(() -> !answers.isEmpty());
        return answers.peek();
    }

    private PublishException problem(String topic) {
        return (PublishException) answer(topic);
    }

    @Test
    void neverHoldsUpWhoeverAsks() {
        cluster.hold();
        for (int i = 0; i < 100; i++) {
            find("orders");
        }
        assertThat(answers).isEmpty();

        cluster.letGo();
        await().until(() -> answers.size() == 100);

        assertThat(answers).containsOnly(ScriptedCluster.PARTITIONS);
        assertThat(cluster.questions).hasValue(1);
    }

    @Test
    void answersAtOnceWhatItKnows() {
        answer("orders");
        answers.clear();
        find("orders");
        assertThat(answers).containsExactly(ScriptedCluster.PARTITIONS);
        assertThat(cluster.questions).hasValue(1);
    }

    @Test
    void rejectsATopicThatIsMissingAndAsksForItAgainAfterAWhile() {
        cluster.missing("missing");
        assertThat(problem("missing").retriable()).isFalse();
        assertThat(problem("missing")).hasMessageContaining("topic missing does not exist");
        assertThat(cluster.questions).hasValue(1);

        cluster.restore("missing");
        clock.advance(Duration.ofSeconds(6));

        assertThat(answer("missing")).isEqualTo(ScriptedCluster.PARTITIONS);
    }

    @Test
    void rejectsATopicThatMayNotBeUsedOrCannotBe() {
        cluster.fail("orders", new TopicAuthorizationException("orders"));
        assertThat(problem("orders").retriable()).isFalse();
        cluster.fail("other", new InvalidTopicException("on purpose"));
        assertThat(problem("other").retriable()).isFalse();
    }

    @Test
    void callsASilentClusterAnOutageAndAsksWithANewClient() {
        cluster.fail("orders", new TimeoutException("on purpose"));
        assertThat(problem("orders").retriable()).isTrue();
        assertThat(cluster.closed).hasValue(1);

        cluster.restore("orders");
        clock.advance(Duration.ofSeconds(6));

        assertThat(answer("orders")).isEqualTo(ScriptedCluster.PARTITIONS);
        assertThat(cluster.opened).hasValue(2);
    }

    @Test
    void asksAgainForWhatItWasToldToForget() {
        answer("orders");
        directory.forget("orders");
        cluster.missing("orders");
        assertThat(problem("orders").retriable()).isFalse();
        assertThat(cluster.questions).hasValue(2);
    }

    @Test
    void doesNotForgetAQuestionThatIsOpen() {
        cluster.hold();
        find("orders");
        directory.forget("orders");
        find("orders");
        cluster.letGo();
        await().until(() -> answers.size() == 2);
        assertThat(cluster.questions).hasValue(1);
    }

    /** The producer forgets a topic that is not written to, and would wait for it inside send. */
    @Test
    void asksAgainForATopicThatWasNotUsedForAWhile() {
        answer("orders");
        clock.advance(Duration.ofMinutes(2).plusSeconds(1));
        cluster.hold();
        answers.clear();
        find("orders");
        assertThat(answers).isEmpty();
        cluster.letGo();
        await().until(() -> !answers.isEmpty());
        assertThat(cluster.questions).hasValue(2);
    }

    @Test
    void looksAgainNowAndThenForATopicThatIsUsedWithoutHoldingItUp() {
        answer("orders");
        for (int minute = 0; minute < 5; minute++) {
            clock.advance(Duration.ofMinutes(1));
            answers.clear();
            find("orders");
            assertThat(answers).containsExactly(ScriptedCluster.PARTITIONS);
        }
        await().until(() -> cluster.questions.get() == 2);
    }

    @Test
    void keepsWhatItKnowsWhenLookingAgainFails() {
        answer("orders");
        cluster.fail("orders", new TimeoutException("on purpose"));
        for (int minute = 0; minute < 4; minute++) {
            clock.advance(Duration.ofMinutes(1));
            find("orders");
        }
        await().until(() -> cluster.questions.get() >= 2);
        answers.clear();
        find("orders");
        assertThat(answers).containsExactly(ScriptedCluster.PARTITIONS);
    }

    @Test
    void leavesNobodyWaitingOnceItIsClosed() {
        cluster.hold();
        find("orders");
        find("other");
        directory.close();
        closed = true;
        find("missing");
        cluster.letGo();
        await().until(() -> answers.size() == 3);
        assertThat(answers).last().isInstanceOf(PublishException.class);
        await().until(() -> cluster.closed.get() == cluster.opened.get());
    }

    /** What was sent first is written first. */
    @Test
    void answersInTheOrderOfAsking() {
        cluster.hold();
        Queue<Integer> order = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            directory.find("orders", new Topics.Answer() {
                @Override
                public void partitions(int count) {
                    order.add(number);
                }

                @Override
                public void unknown(PublishException problem) {
                    order.add(-1);
                }
            });
        }
        cluster.letGo();
        await().until(() -> order.size() == 50);
        assertThat(List.copyOf(order)).isSorted().startsWith(0).endsWith(49);
    }

    @RepeatedTest(100)
    void asksOnceHoweverManyFindTogether() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> find("orders"));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        await().pollInterval(Duration.ofMillis(1)).until(() -> answers.size() == 4);
        assertThat(cluster.questions).hasValue(1);
    }
}
