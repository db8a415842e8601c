package io.kaufmann.task;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.handler.Ordering;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters back to the topics that they came from, once what made them fail is mended.
 *
 * <p>Letters stay in the dead-letter topic; which of them were redriven is remembered by the commits of a consumer group, so that
 * a second run sends the others only. Those of an ordering key are sent in their order. One is done at a time: two that run side
 * by side may both send the same letters, as may one that follows another that was killed.
 *
 * <p>Thread-safe, but each is run once.
 *
 * <pre>{@code
 * RedriveReport report = Redrive.of(config).event("order.*").since(yesterday).build().run();
 * }</pre>
 */
public final class Redrive {

    private final KaufmannConfig config;
    private final RedrivePlan plan;
    private final CountDownLatch stop = new CountDownLatch(1);

    Redrive(KaufmannConfig config, RedrivePlan plan) {
        this.config = config;
        this.plan = plan;
    }

    /**
     * Begins to say what is to be redriven: without more, all dead letters of the configured group.
     *
     * @param config says where the cluster is, and names the group and its dead-letter topic
     * @return the builder
     */
    public static RedriveBuilder of(KaufmannConfig config) {
        return new RedriveBuilder(config);
    }

    /**
     * Sends the letters. What fails on the way ends it and stands in the report, with what was done before.
     *
     * @return what was done
     * @throws TaskException when a topic does not exist
     * @throws org.apache.kafka.common.KafkaException when the cluster does not answer, or refuses
     */
    public RedriveReport run() {
        return go(false);
    }

    /**
     * Sends nothing, and remembers nothing.
     *
     * @return what a run would do now
     * @throws TaskException when a topic does not exist
     * @throws org.apache.kafka.common.KafkaException when the cluster does not answer, or refuses
     */
    public RedriveReport dryRun() {
        return go(true);
    }

    /** Lets it end after the letter that is being sent, and remember where it was. It can be run again later, by another one. */
    public void stop() {
        stop.countDown();
    }

    private RedriveReport go(boolean dry) {
        RedriveTally tally = new RedriveTally();
        boolean interrupted;
        RedriveReport report;
        try (ClusterView cluster = new ClusterView(config);
                Consumer<byte[], byte[]> consumer = consumer()) {
            LetterReader reader = new LetterReader(consumer, partitions(cluster), () -> stop.getCount() == 0);
            RedriveMemory memory = new RedriveMemory(consumer, reader.positions(), reader.ends());
            RedriveTargets targets = new RedriveTargets(cluster, plan.to());
            Optional<Producer<byte[], byte[]>> producer = dry ? Optional.empty() : Optional.of(producer());
            try {
                boolean byPartition = config.ordering() == Ordering.PARTITION;
                RedriveRun run = new RedriveRun(
                        plan,
                        reader,
                        targets,
                        memory,
                        producer.map(open -> new LetterSender(open, byPartition, plan.newTime(), memory, tally)),
                        tally,
                        stop);
                report = run.go();
                interrupted = run.wasInterrupted();
            } finally {
                producer.ifPresent(Producer::close);
            }
        }
        // Not before: closing would wait for nothing.
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return report;
    }

    private List<TopicPartition> partitions(ClusterView cluster) {
        int count = cluster.requirePartitions(
                plan.from(), "It is the one to read dead letters from (kaufmann.dead.letter.topic, --from)");
        plan.to()
                .ifPresent(to -> cluster.requirePartitions(
                        to, "It is the one to send the letters to (--to). Create it, or name another"));
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(plan.from(), partition))
                .toList();
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = named(config.consumerProperties());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, plan.rememberedBy());
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Only for a log that is cut while it is read: the rest of it is what there is.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.putIfAbsent(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = named(config.producerProperties());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // The next letter of a key waits for the acknowledgement of the one before.
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> named(Map<String, Object> properties) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, config.serviceName() + "-redrive");
        return settings;
    }
}
