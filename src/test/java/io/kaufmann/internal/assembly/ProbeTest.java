package io.kaufmann.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.health.Reachability;
import io.kaufmann.health.Reachability.Answer;
import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.internal.work.RegistryProbe;
import io.kaufmann.testing.FreePorts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProbeTest {

    private final SettableClock clock = new SettableClock();
    private final ScriptedAnswers answers = new ScriptedAnswers(clock);
    private final Probe probe = answers.probe();

    private Reachability registry() {
        return probe.answers().registry().at(clock);
    }

    @Test
    void knowsNothingBeforeItHasAsked() {
        assertThat(registry()).isEqualTo(Reachability.UNKNOWN);
        assertThat(probe.answers().broker().at(clock)).isEqualTo(Reachability.UNKNOWN);
    }

    @Test
    void tellsSinceWhenTheAnswerHasBeenTheSame() {
        answers.reachAll();
        clock.advance(Duration.ofSeconds(7));
        answers.reachAll();
        assertThat(registry()).isEqualTo(new Reachability(Answer.REACHED, Duration.ofSeconds(7), Optional.empty()));

        answers.ask(Optional.empty(), Optional.of("down"));
        clock.advance(Duration.ofSeconds(3));
        answers.ask(Optional.empty(), Optional.of("still down"));
        assertThat(registry())
                .isEqualTo(new Reachability(Answer.NOT_REACHED, Duration.ofSeconds(3), Optional.of("still down")));
        assertThat(probe.answers().broker().at(clock).lasting()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void survivesWhateverItsQuestionsThrow() {
        answers.whenAsked = () -> {
            throw new StackOverflowError("with a secret");
        };
        answers.reachAll();
        assertThat(registry().answer()).isEqualTo(Answer.NOT_REACHED);
        assertThat(registry().problem().orElseThrow())
                .contains("StackOverflowError")
                .doesNotContain("secret");
        answers.whenAsked = () -> {};
        answers.reachAll();
        assertThat(registry().answer()).isEqualTo(Answer.REACHED);
    }

    @Test
    void asksNoRegistryWhereThereIsNone() throws InterruptedException {
        Probe without = new Probe(answers, RegistryProbe.NONE, Set::of, Duration.ofHours(1), clock);
        assertThat(without.answers().registry().at(clock)).isEqualTo(Reachability.UNUSED);
        without.turn();
        assertThat(without.answers().registry().at(clock)).isEqualTo(Reachability.UNUSED);
    }

    @Test
    void asksAtOnceAndAgainAfterEachInterval() {
        AtomicInteger asked = new AtomicInteger();
        answers.whenAsked = asked::incrementAndGet;
        try (Probe often = new Probe(answers, answers, Set::of, Duration.ofMillis(5), clock)) {
            often.start();
            await().until(() -> asked.get() > 3);
        }
        try (Probe seldom = new Probe(answers, answers, Set::of, Duration.ofHours(1), clock)) {
            seldom.start();
            await().until(() -> seldom.answers().registry().answer() == Answer.REACHED);
        }
    }

    /** Whether it waits for the next round or is in the midst of a question. */
    @RepeatedTest(10)
    void closesAtOnceThoughTheRegistryIsSilent() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        answers.whenAsked = () -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        probe.start();
        asked.await();
        closeInTime();
        assertThat(registry().answer())
                .as("what a question came to that was cut short")
                .isEqualTo(Answer.UNKNOWN);
    }

    @RepeatedTest(10)
    void closesAtOnceWhileItWaits() {
        probe.start();
        await().until(() -> registry().answer() == Answer.REACHED);
        closeInTime();
    }

    /** Its thread is a daemon, and left behind. */
    @Test
    void closesThoughAQuestionHeedsNoInterrupt() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        answers.whenAsked = () -> {
            asked.countDown();
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    // Deaf.
                }
            }
        };
        probe.start();
        asked.await();
        long begin = System.nanoTime();
        probe.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        release.countDown();
    }

    private void closeInTime() {
        long begin = System.nanoTime();
        probe.close();
        // The bound of its close is a second.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(900));
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("kaufmann-probe"))
                .noneMatch(Thread::isAlive);
    }

    @Test
    void saysWhereNoBrokerAnsweredAndWhatToDo() throws InterruptedException {
        String nobody = "127.0.0.1:" + FreePorts.next();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", nobody, "metadata.recovery.strategy", "none", "client.id", "nobody");
        try (BrokerProbe broker = new BrokerProbe(new Parts.Clients(Map.of(), Map.of(), settings, Optional.empty()))) {
            Probe.Ends ends = broker.ends(Set.of());
            assertThat(ends.offsets()).isEmpty();
            assertThat(ends.problem().orElseThrow())
                    .contains("No Kafka broker answers at " + nobody, "kaufmann.bootstrap.servers");

            List<Thread> client = clientsOf("nobody-probe");
            assertThat(client).hasSize(1);
            assertThat(broker.ends(Set.of()).problem()).isPresent();
            assertThat(clientsOf("nobody-probe"))
                    .as("a new client logs all its settings: not in each round of an outage")
                    .isEqualTo(client);
        }
    }

    private static List<Thread> clientsOf(String id) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-admin")
                        && thread.getName().endsWith(id))
                .toList();
    }

    /** Such a client cannot even be made. */
    @Test
    void hidesWhatKafkaSaysOfItsSettings() throws InterruptedException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", "127.0.0.1:9", "sasl.jaas.config", "password=secret", "security.protocol", "x");
        try (BrokerProbe broker = new BrokerProbe(new Parts.Clients(Map.of(), Map.of(), settings, Optional.empty()))) {
            assertThat(broker.ends(Set.of()).problem().orElseThrow())
                    .contains("ConfigException")
                    .doesNotContain("secret");
        }
    }
}
