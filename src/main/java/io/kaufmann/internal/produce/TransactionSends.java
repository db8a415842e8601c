package io.kaufmann.internal.produce;

import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.KeptAnswer;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.handoff.Transactions.Batch;
import io.kaufmann.internal.handoff.Transactions.Refusal;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * The answers that one transaction sends, and what the producer tells of them. The consumer thread's, but that the producer's callbacks
 * note what they hear.
 */
final class TransactionSends {

    private final Telemetry telemetry;
    private final Clock clock;
    private final List<Sent> all = new ArrayList<>();
    private final Map<String, Integer> partitions = new LinkedHashMap<>();
    private final AtomicReferenceArray<RecordMetadata> written;
    // The first that failed: what fails after it fails because of it.
    private final AtomicReference<Failure> failure = new AtomicReference<>();
    private long startNanos;

    private record Sent(Delivery delivery, KeptAnswer answer) {}

    private record Failure(Sent sent, Exception error) {}

    TransactionSends(Batch batch, Telemetry telemetry, Clock clock) {
        this.telemetry = telemetry;
        this.clock = clock;
        for (Delivery delivery : batch.deliveries()) {
            for (KeptAnswer answer : delivery.kept()) {
                all.add(new Sent(delivery, answer));
                partitions.put(answer.record().topic(), answer.partitions());
            }
        }
        this.written = new AtomicReferenceArray<>(all.size());
    }

    /** Where they go. */
    Set<String> topics() {
        return partitions.keySet();
    }

    /** How many partitions one of these topics has by now: it may have been made anew. */
    void hasPartitions(String topic, int count) {
        partitions.put(topic, count);
    }

    /** Sends them all, in order, until one fails: each further one might wait as long as that did. */
    void sendBy(Producer<byte[], byte[]> producer) {
        startNanos = clock.nanos();
        for (int i = 0; i < all.size() && !hasFailed(); i++) {
            int place = i;
            Sent sent = all.get(i);
            // Every outcome comes to the callback.
            var unused = producer.send(outgoing(sent.answer()), (metadata, error) -> {
                if (error == null) {
                    written.set(place, metadata);
                } else {
                    failure.compareAndSet(null, new Failure(sent, error));
                }
            });
        }
    }

    private ProducerRecord<byte[], byte[]> outgoing(KeptAnswer answer) {
        int count = partitions.get(answer.record().topic());
        return count == answer.partitions() ? answer.outgoing() : KafkaPublisher.forKafka(answer.record(), count);
    }

    /** Whether one of them has failed. */
    boolean hasFailed() {
        return failure.get() != null;
    }

    /** Those that can never be written, as far as the first failure tells; empty when it tells nothing of the kind. */
    List<Refusal> refusals() {
        Failure first = failure.get();
        if (first == null) {
            return List.of();
        }
        PublishException why = SendFailure.of(first.sent().answer().record(), first.error());
        if (why.retriable()) {
            return List.of();
        }
        if (first.error() instanceof TopicAuthorizationException forbidding) {
            List<Refusal> forbidden = refusalsOf(forbidding.unauthorizedTopics(), why);
            if (!forbidden.isEmpty()) {
                return forbidden;
            }
        }
        return List.of(new Refusal(first.sent().delivery(), first.sent().answer(), why, false));
    }

    /** All that go to these topics, which take none of them. Of each event one, by which it fails. */
    List<Refusal> refusalsOf(Set<String> forbidden, PublishException problem) {
        List<Refusal> refusals = new ArrayList<>();
        Delivery last = null;
        for (Sent sent : all) {
            OutgoingRecord record = sent.answer().record();
            if (sent.delivery() != last && forbidden.contains(record.topic())) {
                last = sent.delivery();
                refusals.add(new Refusal(
                        sent.delivery(),
                        sent.answer(),
                        PublishException.rejected(
                                "Cannot publish " + record.name().printable() + ": " + problem.getMessage(), problem),
                        true));
            }
        }
        return refusals;
    }

    /** They are written, and the transaction is committed. */
    void committed() {
        Duration latency = clock.since(startNanos);
        for (int i = 0; i < all.size(); i++) {
            RecordMetadata metadata = written.get(i);
            KeptAnswer answer = all.get(i).answer();
            telemetry.published(new Telemetry.Published(
                    answer.record().name().base(),
                    metadata.topic(),
                    metadata.partition(),
                    answer.record().size(),
                    latency));
            answer.acknowledgement().written(new Written(metadata.topic(), metadata.partition(), metadata.offset()));
        }
    }
}
