package io.kaufmann.bench;

import static io.kaufmann.bench.Contestant.Kind.KAUFMANN;
import static io.kaufmann.bench.Contestant.Kind.KAUFMANN_EXACTLY_ONCE;
import static io.kaufmann.bench.Contestant.Kind.KAUFMANN_PROMETHEUS;
import static io.kaufmann.bench.Contestant.Kind.KAUFMANN_UNHEARD;
import static io.kaufmann.bench.Contestant.Kind.KAUFMANN_VIRTUAL;
import static io.kaufmann.bench.Contestant.Kind.PARALLEL_CONSUMER;
import static io.kaufmann.bench.Contestant.Kind.PARALLEL_CONSUMER_100;
import static io.kaufmann.bench.Contestant.Kind.PARALLEL_CONSUMER_TRANSACTIONS;
import static io.kaufmann.bench.Contestant.Kind.PLAIN_LOOP;
import static io.kaufmann.bench.Contestant.Kind.SPRING_KAFKA;
import static io.kaufmann.handler.Ordering.KEY;
import static io.kaufmann.handler.Ordering.PARTITION;
import static io.kaufmann.handler.Ordering.UNORDERED;

import io.kaufmann.bench.Work.Kind;
import io.kaufmann.bench.Work.TopicSpec;
import java.util.List;

/** All that is measured. */
final class Works {

    // With its metadata an event of so much text has about 150 bytes, or 10 KB.
    private static final int SMALL = 50;
    private static final int LARGE = 10_000;

    private static final int MANY = 20_000_000;
    private static final int SOME = 1_500_000;
    // With so many partitions batches are small, and loading them takes long.
    private static final int FEWER = 4_000_000;

    private static final TopicSpec EVEN = new TopicSpec("even", 8, 1_000, false, SMALL, MANY);
    private static final TopicSpec KEYS = new TopicSpec("keys", 8, 100_000, false, SMALL, SOME);
    private static final TopicSpec ZIPF = new TopicSpec("zipf", 8, 1_000, true, SMALL, MANY);
    private static final TopicSpec HEAVY = new TopicSpec("heavy", 8, 1_000, false, LARGE, 150_000);
    private static final TopicSpec WIDE = new TopicSpec("wide", 1_000, 0, false, SMALL, FEWER);
    private static final TopicSpec LIVE = new TopicSpec("live", 8, 1_000, false, SMALL, 0);

    private static final List<Contestant.Kind> ALL =
            List.of(PLAIN_LOOP, SPRING_KAFKA, PARALLEL_CONSUMER, KAUFMANN, KAUFMANN_VIRTUAL);
    private static final List<Contestant.Kind> WAITING =
            List.of(SPRING_KAFKA, PARALLEL_CONSUMER_100, KAUFMANN, KAUFMANN_VIRTUAL);
    private static final List<Contestant.Kind> OURS = List.of(PLAIN_LOOP, KAUFMANN, KAUFMANN_VIRTUAL);

    private static final List<Contestant.Kind> HEARD = List.of(KAUFMANN_UNHEARD, KAUFMANN, KAUFMANN_PROMETHEUS);

    private static final List<Contestant.Kind> ONCE =
            List.of(KAUFMANN, KAUFMANN_EXACTLY_ONCE, PARALLEL_CONSUMER, PARALLEL_CONSUMER_TRANSACTIONS);

    private Works() {}

    static List<Work> all() {
        return List.of(
                throughput("0 ms, unordered", EVEN, 0, UNORDERED, ALL),
                throughput("0 ms, by key, 1,000 even", EVEN, 0, KEY, ALL),
                throughput("0 ms, by key, 1,000 Zipf", ZIPF, 0, KEY, ALL),
                throughput("0 ms, by partition", EVEN, 0, PARTITION, ALL),
                throughput("0.1 ms, unordered", EVEN, 100, UNORDERED, WAITING),
                throughput("1 ms, unordered", EVEN, 1_000, UNORDERED, WAITING),
                throughput("10 ms, unordered", EVEN, 10_000, UNORDERED, WAITING),
                throughput("100 ms, unordered", EVEN, 100_000, UNORDERED, WAITING),
                throughput("1 ms, by key, 100,000 even", KEYS, 1_000, KEY, WAITING),
                throughput("10 ms, by key, 100,000 even", KEYS, 10_000, KEY, WAITING),
                throughput("10 ms, by key, 1,000 even", EVEN, 10_000, KEY, WAITING),
                throughput("10 ms, by key, 1,000 Zipf", ZIPF, 10_000, KEY, WAITING),
                replying("0 ms, a reply each, unordered", EVEN, UNORDERED, ALL),
                replying("0 ms, a reply each, by key, 1,000 Zipf", ZIPF, KEY, OURS),
                replying("0 ms, a reply each, by partition", EVEN, PARTITION, OURS),
                throughput("0 ms, unordered, 10 KB", HEAVY, 0, UNORDERED, ALL),
                throughput("0 ms, unordered, 1,000 partitions", WIDE, 0, UNORDERED, ALL),
                new Work("1 ms, one partition stuck", EVEN, Kind.STUCK_PARTITION, 1_000, UNORDERED, false, WAITING),
                telemetry("telemetry, 0 ms", 0, UNORDERED, false),
                telemetry("telemetry, 0 ms, by key", 0, KEY, false),
                telemetry("telemetry, 1 ms", 1_000, UNORDERED, false),
                telemetry("telemetry, 0 ms, a reply each", 0, UNORDERED, true),
                transactions("exactly once, 0 ms, unordered", 0, UNORDERED),
                transactions("exactly once, 0 ms, by key", 0, KEY),
                transactions("exactly once, 1 ms, unordered", 1_000, UNORDERED),
                new Work("exactly once, latency at 5,000/s", LIVE, Kind.ANSWER_LATENCY, 0, UNORDERED, true, ONCE),
                new Work("exactly once, latency at 5/s", LIVE, Kind.QUIET_ANSWER_LATENCY, 0, UNORDERED, true, ONCE),
                new Work("latency, 0 ms at 5,000/s", LIVE, Kind.LATENCY, 0, UNORDERED, false, ALL),
                new Work("memory, all that may be in flight", KEYS, Kind.MEMORY, 0, UNORDERED, false, WAITING));
    }

    private static Work throughput(
            String name,
            TopicSpec topic,
            long handlerMicros,
            io.kaufmann.handler.Ordering ordering,
            List<Contestant.Kind> contestants) {
        return new Work(name, topic, Kind.THROUGHPUT, handlerMicros, ordering, false, contestants);
    }

    private static Work telemetry(
            String name, long handlerMicros, io.kaufmann.handler.Ordering ordering, boolean reply) {
        return new Work(name, EVEN, Kind.TELEMETRY, handlerMicros, ordering, reply, HEARD);
    }

    private static Work transactions(String name, long handlerMicros, io.kaufmann.handler.Ordering ordering) {
        return new Work(name, EVEN, Kind.EXACTLY_ONCE, handlerMicros, ordering, true, ONCE);
    }

    private static Work replying(
            String name, TopicSpec topic, io.kaufmann.handler.Ordering ordering, List<Contestant.Kind> contestants) {
        return new Work(name, topic, Kind.THROUGHPUT, 0, ordering, true, contestants);
    }
}
