package io.kaufmann.task;

import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNaming;
import io.kaufmann.internal.handoff.DeadLetterHeaders;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * Takes the place of a replay's producer and sends nothing: it has no connection that could. It counts what it was given, and
 * writes it to a file if one is wanted. Thread-safe.
 */
final class MutedProducer implements Producer<byte[], byte[]> {

    private static final int MOST_EVENTS = 1_000;

    private final ClusterView cluster;
    private final EventNaming naming;
    private final Optional<Writer> file;
    // Guarded by this.
    private final Map<String, Long> byEvent = new TreeMap<>();
    private long count;
    private long errors;
    private long deadLetters;
    private IOException writeError;

    /**
     * One that closes the client with itself, and leaves the file open.
     *
     * @param cluster tells how many partitions topics have
     * @param naming tells a record's event
     * @param file where each record goes as a line of JSON
     */
    MutedProducer(ClusterView cluster, EventNaming naming, Optional<Writer> file) {
        this.cluster = cluster;
        this.naming = naming;
        this.file = file;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        RecordMetadata metadata;
        synchronized (this) {
            file.ifPresent(writer -> write(writer, record));
            count(record);
            int partition = record.partition() == null ? 0 : record.partition();
            metadata = new RecordMetadata(
                    new TopicPartition(record.topic(), partition), count, 0, System.currentTimeMillis(), 0, 0);
        }
        if (callback != null) {
            callback.onCompletion(metadata, null);
        }
        return CompletableFuture.completedFuture(metadata);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return send(record, null);
    }

    private String event(ProducerRecord<byte[], byte[]> record) {
        String name =
                naming.name(record.headers(), record.key()).map(EventName::base).orElse("(nameless)");
        return byEvent.size() < MOST_EVENTS || byEvent.containsKey(name) ? name : "(others)";
    }

    private void count(ProducerRecord<byte[], byte[]> record) {
        String event = event(record);
        boolean isDeadLetter = record.headers().lastHeader(DeadLetterHeaders.STAGE) != null;
        byEvent.merge(isDeadLetter ? event + " (dead letter)" : event, 1L, Long::sum);
        count++;
        if (isDeadLetter) {
            deadLetters++;
        } else if (event.startsWith("event.error.")) {
            errors++;
        }
    }

    /** Line by line: what is committed must not be missing after a kill. The first error ends the replay. */
    private void write(Writer writer, ProducerRecord<byte[], byte[]> record) {
        if (writeError == null) {
            try {
                writer.write(MutedRecords.line(record));
                writer.flush();
            } catch (IOException e) {
                writeError = e;
            }
        }
    }

    /** Why what it was given could not be written down; empty as long as it could. */
    synchronized Optional<IOException> writeError() {
        return Optional.ofNullable(writeError);
    }

    /** How many events failed: each has an error event, or a dead letter, or both. */
    synchronized long failed() {
        return Math.max(errors, deadLetters);
    }

    /** How many records it was given. */
    synchronized long count() {
        return count;
    }

    /** The same by the events' names. */
    synchronized Map<String, Long> byEvent() {
        return new TreeMap<>(byEvent);
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        int partitions = cluster.partitions(topic)
                .orElseThrow(() -> new UnknownTopicOrPartitionException("There is no topic " + topic));
        return IntStream.range(0, partitions)
                .mapToObj(number -> new PartitionInfo(topic, number, null, null, null))
                .toList();
    }

    @Override
    public void flush() {
        // Nothing is under way.
    }

    @Override
    public void close() {
        cluster.close();
    }

    @Override
    public void close(Duration timeout) {
        cluster.close();
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return Map.of();
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        throw new UnsupportedOperationException("A muted producer has no connection");
    }

    @Override
    public void registerMetricForSubscription(KafkaMetric metric) {
        // There is nobody to send metrics to.
    }

    @Override
    public void unregisterMetricFromSubscription(KafkaMetric metric) {
        // There is nobody to send metrics to.
    }

    @Override
    public void initTransactions() {
        throw noTransactions();
    }

    @Override
    public void beginTransaction() throws ProducerFencedException {
        throw noTransactions();
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata)
            throws ProducerFencedException {
        throw noTransactions();
    }

    @Override
    public void commitTransaction() throws ProducerFencedException {
        throw noTransactions();
    }

    @Override
    public void abortTransaction() throws ProducerFencedException {
        throw noTransactions();
    }

    private static UnsupportedOperationException noTransactions() {
        return new UnsupportedOperationException("A muted producer has no transactions");
    }
}
