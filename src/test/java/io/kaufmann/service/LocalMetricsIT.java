package io.kaufmann.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.Kaufmann;
import io.kaufmann.event.Event;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.health.Ending;
import io.kaufmann.health.Traffic;
import io.kaufmann.telemetry.micrometer.MicrometerTelemetry;
import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.Silence;
import io.kaufmann.testing.StoppableEnvironment;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A service under load, with events that fail in each way, while the registry and the broker go down and come back: what it tells
 * Prometheus is what really happened, by a ledger that its handlers keep and by what is on the topics in the end.
 */
@RunsOn(Platform.LOCAL)
class LocalMetricsIT {

    private static final int PARTITIONS = 4;
    private static final int ROUNDS = 600;
    private static final int ATTEMPTS = 3;

    /** What the handlers did, by the event's name. */
    private static final class Ledger {
        private final Map<String, AtomicLong> returned = new ConcurrentHashMap<>();
        private final Map<String, AtomicLong> threw = new ConcurrentHashMap<>();
        private final Set<Long> seen = ConcurrentHashMap.newKeySet();

        private static void count(Map<String, AtomicLong> counts, Event event) {
            counts.computeIfAbsent(event.name(), name -> new AtomicLong()).incrementAndGet();
        }

        long returned(String name) {
            return returned.getOrDefault(name, new AtomicLong()).get();
        }

        long threw(String name) {
            return threw.getOrDefault(name, new AtomicLong()).get();
        }

        Result succeed(Event event, Result result) {
            count(returned, event);
            return result;
        }

        Result fail(Event event) {
            count(threw, event);
            throw new IllegalStateException("on purpose");
        }

        /** Fails an event the first time that it comes. */
        Result failFirst(Event event) {
            return seen.add(event.payload().integer("id")) ? fail(event) : succeed(event, Result.noReply());
        }
    }

    @Test
    void whatItTellsIsWhatHappened(StoppableEnvironment environment) {
        Ledger ledger = new Ledger();
        try (Silence silence = Silence.of("io.kaufmann");
                ServiceWorld world = new ServiceWorld(environment, PARTITIONS)) {
            String[] fields = {"id", "\"long\""};
            String answered = world.eventType("order.answered", fields);
            String quiet = world.eventType("order.quiet", fields);
            String flaky = world.eventType("order.flaky", fields);
            String faulty = world.eventType("order.faulty", fields);
            String poison = world.eventType("order.poison", fields);
            String strange = world.eventType("order.strange", fields);
            String reply = world.eventType("order.accepted", fields);
            String out = environment.topics().createUnique("answers", 2);
            String dead = environment.topics().createUnique("dead", 2);
            PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            Kaufmann service = world.start(world.config(EventRouter.on(
                                    answered,
                                    event -> ledger.succeed(
                                            event,
                                            Result.reply(
                                                    reply,
                                                    Map.of("id", event.payload().integer("id")))))
                            .on(quiet, event -> ledger.succeed(event, Result.noReply()))
                            .on(flaky, ledger::failFirst)
                            .on(faulty, ledger::fail)
                            .on(poison, ledger::fail))
                    .defaultPublishTopic(out)
                    .retryPolicy(RetryPolicy.fixed(ATTEMPTS, Duration.ofMillis(5)))
                    .deadLetterTopic(
                            letter -> letter.event().filter(poison::equals).map(name -> dead))
                    .telemetry(new MicrometerTelemetry(prometheus))
                    .probeInterval(Duration.ofSeconds(1))
                    .httpPort(0));
            InetSocketAddress http = service.httpAddress().orElseThrow();

            List<String> names = List.of(answered, quiet, flaky, faulty, poison, strange);
            for (int round = 0; round < ROUNDS; round++) {
                if (round == ROUNDS / 3) {
                    environment.stopRegistry();
                }
                if (round == ROUNDS / 2) {
                    await().until(() -> Scrape.of(http).values("kaufmann_ready").equals(List.of(0.0)));
                    assertThat(Scrape.of(http).values("kaufmann_live")).containsExactly(1.0);
                    environment.startRegistry();
                    environment.stopBroker();
                    await().until(() ->
                            Scrape.of(http).values("kaufmann_broker_reachable").equals(List.of(0.0)));
                    assertThat(Scrape.of(http).values("kaufmann_live")).containsExactly(1.0);
                    environment.startBroker();
                }
                for (String name : names) {
                    world.send(name, Map.of("id", (long) round * names.size() + names.indexOf(name)));
                }
                if (round % 10 == 0) {
                    world.sendRaw(quiet, new byte[] {1, 2, 3});
                }
            }
            await().atMost(Duration.ofMinutes(2)).until(world::allCommitted);
            await().until(() -> Scrape.of(http).sum("kaufmann_partition_in_flight") == 0
                    && Scrape.of(http).sum("kaufmann_partition_lag") == 0
                    && Scrape.of(http).values("kaufmann_ready").equals(List.of(1.0)));

            Scrape scrape = Scrape.of(http);
            assertThat(scrape.values("kaufmann_partition_lag")).isEqualTo(Collections.nCopies(PARTITIONS, 0.0));
            assertThat(scrape.values("kaufmann_partition_uncommitted")).isEqualTo(Collections.nCopies(PARTITIONS, 0.0));

            // Each call of a handler, whether it returned or threw.
            for (String name : List.of(answered, flaky, faulty, poison)) {
                assertThat(scrape.sum("kaufmann_event_handle_seconds_count", "event", name))
                        .as("calls for %s", name)
                        .isEqualTo(ledger.returned(name) + ledger.threw(name));
            }
            // What is dropped at a rebalance is told as dropped; nothing here was.
            assertThat(scrape.sum("kaufmann_events_total", "outcome", "dropped"))
                    .isZero();
            for (String name : List.of(answered, quiet, flaky)) {
                assertThat(outcome(scrape, name, "handled"))
                        .as("handled %s", name)
                        .isEqualTo(ledger.returned(name));
            }
            // Each attempt that threw was followed by another, or was the last.
            for (String name : List.of(flaky, faulty, poison)) {
                assertThat(scrape.sum("kaufmann_event_retries_total", "event", name)
                                + outcome(scrape, name, "failed")
                                + outcome(scrape, name, "dead_lettered"))
                        .as("failures of %s", name)
                        .isEqualTo(ledger.threw(name));
            }
            assertThat(outcome(scrape, faulty, "failed") * ATTEMPTS).isEqualTo(ledger.threw(faulty));
            assertThat(outcome(scrape, poison, "dead_lettered") * ATTEMPTS).isEqualTo(ledger.threw(poison));
            assertThat(outcome(scrape, quiet, "failed"))
                    .as("what cannot be decoded")
                    .isGreaterThanOrEqualTo(ROUNDS / 10);
            assertThat(scrape.sum("kaufmann_events_total", "outcome", "passed_over"))
                    .as("events that nobody handles")
                    .isGreaterThanOrEqualTo(ROUNDS);

            // What is on the topics.
            List<String> answers = environment.clients().readAll(out).stream()
                    .map(record -> new String(record.key(), java.nio.charset.StandardCharsets.UTF_8))
                    .toList();
            long errors = answers.stream()
                    .filter(name -> name.startsWith("event.error."))
                    .count();
            long letters = environment.clients().readAll(dead).size();
            assertThat(answers.stream().filter(reply::equals).count()).isEqualTo(ledger.returned(answered));
            assertThat(scrape.sum("kaufmann_error_events_total")).isEqualTo(errors);
            assertThat(scrape.sum("kaufmann_dead_letters_total")).isEqualTo(letters);
            assertThat(scrape.sum("kaufmann_publisher_publish_seconds_count")).isEqualTo(answers.size() + letters);

            // And the health says the same.
            Traffic traffic = service.health().traffic();
            for (Ending ending : Ending.values()) {
                assertThat(traffic.ended(ending))
                        .as("%s", ending)
                        .isEqualTo(scrape.sum(
                                "kaufmann_events_total",
                                "outcome",
                                ending.name().toLowerCase(java.util.Locale.ROOT)));
            }
            assertThat(silence).isNotNull();
        }
    }

    private static long outcome(Scrape scrape, String name, String outcome) {
        return scrape.sum("kaufmann_events_total", "event", name, "outcome", outcome);
    }
}
