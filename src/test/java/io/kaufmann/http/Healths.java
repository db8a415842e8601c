package io.kaufmann.http;

import io.kaufmann.health.Ending;
import io.kaufmann.health.Health;
import io.kaufmann.health.LastFailure;
import io.kaufmann.health.PartitionHealth;
import io.kaufmann.health.PartitionHealth.Oldest;
import io.kaufmann.health.PartitionHealth.Pause;
import io.kaufmann.health.Reachability;
import io.kaufmann.health.State;
import io.kaufmann.health.Traffic;
import io.kaufmann.health.WorkerHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Healths that a service might have. */
final class Healths {

    static final Traffic NO_TRAFFIC = new Traffic(Map.of(), 0, 0, new Traffic.Latencies(List.of()));

    private static final Reachability REACHED =
            new Reachability(Reachability.Answer.REACHED, Duration.ofMinutes(42), Optional.empty());

    private Healths() {}

    /** All is well. */
    static Health up(PartitionHealth... partitions) {
        return of(Health.Status.UP, State.RUNNING, true, true, List.of(), List.of(partitions), NO_TRAFFIC, List.of());
    }

    /** Not yet. */
    static Health starting() {
        return of(
                Health.Status.DOWN,
                State.STARTING,
                true,
                false,
                List.of("The service is STARTING"),
                List.of(),
                NO_TRAFFIC,
                List.of());
    }

    /** Not any more. */
    static Health failed() {
        return of(
                Health.Status.DOWN,
                State.FAILED,
                false,
                false,
                List.of("The service is FAILED"),
                List.of(),
                NO_TRAFFIC,
                List.of());
    }

    static Health of(
            Health.Status status,
            State state,
            boolean live,
            boolean ready,
            List<String> problems,
            List<PartitionHealth> partitions,
            Traffic traffic,
            List<LastFailure> failures) {
        return new Health(
                status,
                state,
                new Health.Probes(live, ready, REACHED, REACHED),
                problems,
                partitions,
                new WorkerHealth(50, 23, 0, 7),
                traffic,
                failures);
    }

    /** One that goes on. */
    static PartitionHealth partition(String topic, int number, long lag) {
        return partition(topic, number, lag, false, Optional.empty(), Optional.empty());
    }

    static PartitionHealth partition(
            String topic, int number, long lag, boolean stalled, Optional<Pause> pause, Optional<Oldest> running) {
        int events = pause.isPresent() ? 1_250 : (int) Math.min(1_250, lag);
        long committed = 1_204_118 + 7_919L * number;
        return new PartitionHealth(
                topic,
                number,
                committed,
                committed + events + (stalled ? 3_120 : 4),
                OptionalLong.of(lag),
                events,
                events * 820L,
                stalled ? 214 : 0,
                stalled,
                pause,
                running,
                events > 40
                        ? Optional.of(
                                new Oldest("order.placed", committed + 12, Duration.ofMillis(340L * (number + 1))))
                        : Optional.empty(),
                Optional.empty(),
                number % 3 == 1
                        ? Optional.of(new Oldest("payment.due", committed + 3, Duration.ofSeconds(19)))
                        : Optional.empty());
    }

    /** A service with one event that hangs, as it is some time after its start. */
    static Health stalled(Duration since, Instant now) {
        long seconds = since.toSeconds();
        double wave = 1 + 0.25 * Math.sin(seconds / 9.0) + 0.1 * Math.sin(seconds / 2.0);
        Oldest hanging = new Oldest("order.placed", 1_227_875, Duration.ofSeconds(74 + seconds));
        List<PartitionHealth> partitions = List.of(
                partition("orders", 0, Math.round(31 * wave)),
                partition("orders", 1, Math.round(64 * wave)),
                partition("orders", 2, Math.round(18 * wave)),
                partition("orders", 3, 4_380 + 14 * seconds, true, Optional.of(Pause.FULL_SHARE), Optional.of(hanging)),
                partition("payments", 0, Math.round(240 * wave)),
                partition("payments", 1, Math.round(9 * wave)));
        return of(
                Health.Status.STALLED,
                State.RUNNING,
                true,
                true,
                List.of("order.placed from orders-3@1227875 has been running in its handler for " + (74 + seconds)
                        + " s"),
                partitions,
                traffic(since),
                List.of(
                        new LastFailure(
                                now.minusSeconds(41),
                                "payment.due from payments-1@88213",
                                "java.net.SocketTimeoutException",
                                "it is answered by an error event; it is kept in the dead letters"),
                        new LastFailure(
                                now.minusSeconds(112),
                                "order.cancelled from orders-0@1204101",
                                "io.example.orders.UnknownOrderException",
                                "it is answered by an error event; it is kept in the dead letters"),
                        new LastFailure(
                                now.minusSeconds(760),
                                "order.placed from orders-2@1219931",
                                "the handler said so",
                                "it is answered by an error event")));
    }

    /** Sums as they grow, with latencies about 12 ms that spread. */
    private static Traffic traffic(Duration since) {
        Random random = new Random(5);
        long[] counts = new long[Traffic.Latencies.BUCKETS];
        long handled = 0;
        long failed = 0;
        for (long second = 0; second <= since.toSeconds() + 60; second++) {
            long rate = Math.round(860 * (1 + 0.2 * Math.sin(second / 14.0) + 0.12 * random.nextDouble()));
            handled += rate;
            failed += random.nextInt(9) == 0 ? 2 : 0;
            for (int i = 0; i < rate; i += 4) {
                double millis = 11 * Math.exp(0.55 * random.nextGaussian()) * (1 + 0.2 * Math.sin(second / 20.0));
                counts[Traffic.Latencies.bucket(Math.round(millis * 1e6))] += 4;
            }
        }
        return new Traffic(
                Map.of(Ending.HANDLED, 4_210_334 + handled, Ending.FAILED, 112 + failed, Ending.DEAD_LETTERED, 37L),
                18_211,
                903 + failed * 3,
                new Traffic.Latencies(Arrays.stream(counts).boxed().toList()));
    }
}
