package io.kaufmann.internal.produce;

import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.handoff.Transactions;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.publish.Publisher;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Tracing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The one way out of a service, over its one shared producer: for handlers' answers, and for all else. Thread-safe. */
public final class KafkaPublisher implements Outbox, Publisher {

    private final Producer<byte[], byte[]> producer;
    private final TopicDirectory topics;
    private final RecordMaker records;
    private final OutboxPublisher fromOutside;
    private final RecordMaker.Parts parts;
    private final TracedSends traced;

    /**
     * A publisher over a producer, which it closes in the end.
     *
     * @param producer an idempotent producer that ignores keys when it chooses partitions
     * @param admins opens a client for looking topics up
     * @param parts what it works with
     * @param tracing follows records
     */
    public KafkaPublisher(
            Producer<byte[], byte[]> producer, Supplier<Admin> admins, RecordMaker.Parts parts, Tracing tracing) {
        this.producer = producer;
        this.topics = new TopicDirectory(producer, new TopicLookUp(admins), parts.clock());
        this.records = new RecordMaker(parts);
        this.fromOutside = new OutboxPublisher(this);
        this.parts = parts;
        parts.telemetry().opened(producer);
        this.traced = new TracedSends(tracing);
    }

    @Override
    public List<OutgoingRecord> prepare(Publication publication, Optional<Cause> cause) {
        return records.prepare(publication, cause);
    }

    @Override
    public List<OutgoingRecord> prepareWithoutMeta(Publication publication, Cause cause) {
        return records.prepareWithoutMeta(publication, cause);
    }

    @Override
    public void send(OutgoingRecord record, Acknowledgement acknowledgement) {
        traced.send(record, acknowledgement, this::findAndSend);
    }

    /** The same, but that answers are kept with their events, for a transaction that is to commit both. */
    public Outbox keeping(long largestRecord) {
        return new KeepingOutbox(this, topics, traced, largestRecord);
    }

    /** Transactions for a consumer thread, over producers and a thread of their own, by the topics that this one knows. */
    public Transactions transactions(Supplier<Producer<byte[], byte[]>> producers, String threadName) {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, threadName);
            made.setDaemon(true);
            return made;
        });
        return new KafkaTransactions(producers, topics, parts.telemetry(), parts.clock(), thread);
    }

    private void findAndSend(OutgoingRecord record, Acknowledgement acknowledgement) {
        topics.find(record, acknowledgement, count -> send(record, count, acknowledgement));
    }

    private void send(OutgoingRecord record, int partitions, Acknowledgement acknowledgement) {
        long start = parts.clock().nanos();
        try {
            ProducerRecord<byte[], byte[]> outgoing = forKafka(record, partitions);
            // Every outcome comes to the callback.
            var unused = producer.send(outgoing, (metadata, error) -> {
                if (error != null) {
                    failed(record, error, acknowledgement);
                    return;
                }
                parts.telemetry()
                        .published(new Telemetry.Published(
                                record.name().base(),
                                metadata.topic(),
                                metadata.partition(),
                                record.size(),
                                parts.clock().since(start)));
                acknowledgement.written(new Written(metadata.topic(), metadata.partition(), metadata.offset()));
            });
        } catch (PublishException e) {
            acknowledgement.failed(e);
        } catch (Throwable e) {
            // An error too: whatever is not passed on here would leave its event unfinished for ever.
            failed(record, e, acknowledgement);
        }
    }

    /** A record as the producer takes it, for a topic of so many partitions. */
    static ProducerRecord<byte[], byte[]> forKafka(OutgoingRecord record, int partitions) {
        OptionalInt partition = record.partition().apply(partitions);
        return new ProducerRecord<>(
                record.topic(),
                partition.isPresent() ? partition.getAsInt() : null,
                record.timestamp().isPresent() ? record.timestamp().getAsLong() : null,
                record.key(),
                record.value(),
                record.headers());
    }

    private void failed(OutgoingRecord record, Throwable error, Acknowledgement acknowledgement) {
        PublishException failure = SendFailure.of(record, error);
        if (failure.retriable()) {
            // Perhaps the topic is gone: then the next try shall find that out instead of waiting for it again.
            topics.forget(record.topic());
        }
        acknowledgement.failed(failure);
    }

    @Override
    public CompletableFuture<Published> publish(Publication publication) {
        return fromOutside.publish(publication);
    }

    /** Sends what is on its way, for so long, and closes the producer. */
    public void close(Duration timeout) {
        parts.telemetry().closed(producer);
        producer.close(timeout);
        topics.close();
    }
}
