package io.kaufmann.testing;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Plain Kafka clients of one cluster, each made when it is first asked for and closed with this. Thread-safe. */
public final class TestClients implements AutoCloseable {

    private final String bootstrapServers;

    // Guarded by this.
    private Optional<Topics> topics = Optional.empty();
    private Optional<RawProducer> producer = Optional.empty();

    /** Clients of the cluster at this address. */
    public TestClients(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Where the cluster is. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The one administrator's client; do not close it. */
    public synchronized Topics topics() {
        Topics made = topics.orElseGet(() -> new Topics(bootstrapServers));
        topics = Optional.of(made);
        return made;
    }

    /** The one producer; do not close it. */
    public synchronized RawProducer producer() {
        RawProducer made = producer.orElseGet(() -> new RawProducer(bootstrapServers));
        producer = Optional.of(made);
        return made;
    }

    /** A new reader, at the beginning of a topic; close it. */
    public TopicReader reader(String topic) {
        return new TopicReader(bootstrapServers, topic);
    }

    /** All records of a topic that are there now. */
    public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        return TopicReader.readAll(bootstrapServers, topic);
    }

    @Override
    public synchronized void close() {
        producer.ifPresent(RawProducer::close);
        topics.ifPresent(Topics::close);
    }
}
