package io.kaufmann.bench;

import java.util.function.BiFunction;

/** Something that reads a topic and calls a body for each event, until its JVM is halted. */
interface Contestant {

    /** What is done for an event, with what its value tells: proof that it was decoded. */
    @FunctionalInterface
    interface Body {
        void handle(int partition, long id, long sentMicros);
    }

    /** Begins to read, from the topic's beginning, with a new group. */
    void start();

    /** Who takes part. */
    enum Kind {
        PLAIN_LOOP("plain loop", 1, PlainLoop::new),
        SPRING_KAFKA("Spring Kafka", 8, SpringKafka::new),
        PARALLEL_CONSUMER("Parallel Consumer", 16, ConfluentParallelConsumer::new),
        PARALLEL_CONSUMER_100("Parallel Consumer, 100 workers", 100, ConfluentParallelConsumer::new),
        KAUFMANN("Kaufmann", 50, KaufmannService::new),
        KAUFMANN_VIRTUAL("Kaufmann, virtual", 10_000, KaufmannService::new),
        KAUFMANN_UNHEARD("Kaufmann, no telemetry", 50, KaufmannService::new),
        KAUFMANN_PROMETHEUS("Kaufmann, Prometheus", 50, KaufmannService::new),
        KAUFMANN_EXACTLY_ONCE("Kaufmann, exactly once", 50, KaufmannService::new),
        PARALLEL_CONSUMER_TRANSACTIONS("Parallel Consumer, transactions", 16, ConfluentParallelConsumer::new);

        final String title;
        final int workers;
        private final BiFunction<Setup, Body, Contestant> maker;

        Kind(String title, int workers, BiFunction<Setup, Body, Contestant> maker) {
            this.title = title;
            this.workers = workers;
            this.maker = maker;
        }

        /** Whether it needs the client that Confluent's Parallel Consumer was built for. */
        boolean needsOlderClient() {
            return this == PARALLEL_CONSUMER || this == PARALLEL_CONSUMER_100 || this == PARALLEL_CONSUMER_TRANSACTIONS;
        }

        Contestant make(Setup setup, Body body) {
            return maker.apply(setup, body);
        }
    }

    /**
     * Where and how a contestant runs.
     *
     * @param kind which it is
     * @param work what it has to do
     * @param bootstrapServers where the broker is
     * @param registryUrl where the registry is
     * @param group the consumer group, new for each run
     * @param replyTopic where replies go
     */
    record Setup(Kind kind, Work work, String bootstrapServers, String registryUrl, String group, String replyTopic) {}
}
