package io.kaufmann.internal.produce;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.EventNaming;
import io.kaufmann.event.Meta;
import io.kaufmann.internal.handoff.ErrorTexts;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.publish.CallbackTopics;
import io.kaufmann.publish.MetaSource;
import io.kaufmann.publish.PartitionStrategy;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.publish.Publisher;
import io.kaufmann.publish.TopicStrategy;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The one way out of a service, over its one shared producer: for handlers' answers, and for all else. Thread-safe. */
public final class KafkaPublisher implements Outbox, Publisher {

    private final Producer<byte[], byte[]> producer;
    private final TopicDirectory topics;
    private final Destinations destinations;
    private final Parts parts;

    /**
     * A publisher over a producer, which it closes in the end.
     *
     * @param producer an idempotent producer that ignores keys when it chooses partitions
     * @param admins opens a client for looking topics up
     * @param parts what it works with
     */
    public KafkaPublisher(Producer<byte[], byte[]> producer, Supplier<Admin> admins, Parts parts) {
        this.producer = producer;
        this.topics = new TopicDirectory(producer, new TopicLookUp(admins), parts.clock());
        this.destinations = new Destinations(parts.defaultTopic(), parts.topicStrategy(), parts.callbackTopics());
        this.parts = parts;
    }

    /**
     * What a publisher works with.
     *
     * @param naming where a record tells its event's name
     * @param defaultTopic where events go that say nothing else
     * @param topicStrategy says where an event goes that states no target
     * @param partitionStrategy chooses partitions
     * @param callbackTopics the callback topics that are allowed; its text stands in messages
     * @param metaSource makes metadata
     * @param transcoders encode
     * @param clock tells the time
     * @param telemetry hears what happens
     */
    public record Parts(
            EventNaming naming,
            String defaultTopic,
            TopicStrategy topicStrategy,
            PartitionStrategy partitionStrategy,
            CallbackTopics callbackTopics,
            MetaSource metaSource,
            Transcoders transcoders,
            Clock clock,
            Telemetry telemetry) {}

    @Override
    public List<OutgoingRecord> prepare(Publication publication, Optional<Cause> cause) {
        return prepare(publication, cause, true);
    }

    @Override
    public List<OutgoingRecord> prepareWithoutMeta(Publication publication, Cause cause) {
        return prepare(publication, Optional.of(cause), false);
    }

    private List<OutgoingRecord> prepare(Publication publication, Optional<Cause> cause, boolean withMeta) {
        try {
            Optional<Meta> causeMeta = cause.flatMap(Cause::meta);
            Optional<Meta> meta =
                    withMeta ? Optional.of(parts.metaSource().meta(publication, causeMeta)) : Optional.empty();
            List<OutgoingRecord> records = new ArrayList<>(1);
            for (Destinations.Destination destination : destinations.of(publication, cause.flatMap(Cause::event))) {
                records.add(encode(publication, causeMeta, meta, destination));
            }
            return records;
        } catch (RegistryUnavailableException e) {
            throw PublishException.unavailable(
                    "Cannot encode " + publication.name().printable() + ": " + e.getMessage(), e);
        } catch (TranscodeException e) {
            throw PublishException.rejected(
                    "Cannot encode " + publication.name().printable() + ": " + e.getMessage(), e);
        } catch (PublishException e) {
            throw e;
        } catch (Throwable e) {
            // A strategy of the user's, or a payload that contains itself.
            throw PublishException.rejected(
                    "Cannot prepare " + publication.name().printable() + ": " + ErrorTexts.text(e), e);
        }
    }

    private OutgoingRecord encode(
            Publication publication,
            Optional<Meta> causeMeta,
            Optional<Meta> meta,
            Destinations.Destination destination) {
        Headers headers = new RecordHeaders(publication.headers());
        parts.naming().tell(publication.name(), headers);
        long start = parts.clock().nanos();
        byte[] value = parts.transcoders()
                .encode(
                        new Transcoder.Outgoing(
                                publication.name(), destination.topic(), meta, publication.payload(), headers),
                        publication.format());
        parts.telemetry()
                .encoded(new Telemetry.Encoded(
                        publication.name().base(), value.length, parts.clock().since(start)));
        return new OutgoingRecord(
                publication.name(),
                destination.target(),
                destination.topic(),
                partitions -> partition(publication, causeMeta, destination, partitions),
                parts.naming().key(publication.name()).orElse(null),
                value,
                headers,
                OptionalLong.empty());
    }

    private OptionalInt partition(
            Publication publication, Optional<Meta> causeMeta, Destinations.Destination destination, int partitions) {
        OptionalInt chosen = destination.partition().isPresent()
                ? destination.partition()
                : choose(publication, causeMeta, partitions);
        if (chosen.isPresent() && (chosen.getAsInt() < 0 || chosen.getAsInt() >= partitions)) {
            throw PublishException.rejected(
                    publication.name().printable() + " is to go to partition " + chosen.getAsInt() + " of topic "
                            + destination.topic() + ", which has the partitions 0 to " + (partitions - 1),
                    null);
        }
        return chosen;
    }

    private OptionalInt choose(Publication publication, Optional<Meta> causeMeta, int partitions) {
        try {
            return parts.partitionStrategy().partition(publication, causeMeta, partitions);
        } catch (Throwable e) {
            throw PublishException.rejected(
                    "The partition strategy failed for " + publication.name().printable() + ": " + ErrorTexts.text(e),
                    e);
        }
    }

    @Override
    public void send(OutgoingRecord record, Acknowledgement acknowledgement) {
        topics.find(record.topic(), new Topics.Answer() {
            @Override
            public void partitions(int count) {
                if (acknowledgement.isWanted()) {
                    send(record, count, acknowledgement);
                } else {
                    acknowledgement.failed(PublishException.unavailable(
                            record.name().printable() + " is not sent any more: its partition is another's by now",
                            null));
                }
            }

            @Override
            public void unknown(PublishException problem) {
                String message = "Cannot publish " + record.name().printable() + ": " + problem.getMessage();
                acknowledgement.failed(
                        problem.retriable()
                                ? PublishException.unavailable(message, problem)
                                : PublishException.rejected(message, problem));
            }
        });
    }

    private void send(OutgoingRecord record, int partitions, Acknowledgement acknowledgement) {
        long start = parts.clock().nanos();
        try {
            OptionalInt partition = record.partition().apply(partitions);
            ProducerRecord<byte[], byte[]> outgoing = new ProducerRecord<>(
                    record.topic(),
                    partition.isPresent() ? partition.getAsInt() : null,
                    record.timestamp().isPresent() ? record.timestamp().getAsLong() : null,
                    record.key(),
                    record.value(),
                    record.headers());
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
        List<OutgoingRecord> records;
        try {
            records = prepare(publication, Optional.empty());
        } catch (PublishException e) {
            return CompletableFuture.failedFuture(e);
        }
        List<CompletableFuture<Written>> written =
                records.stream().map(this::send).toList();
        CompletableFuture<Published> published = new CompletableFuture<>();
        var unused = CompletableFuture.allOf(written.toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, error) -> {
                    if (error == null) {
                        published.complete(new Published(
                                publication.name().text(),
                                written.stream().map(CompletableFuture::join).toList()));
                    } else {
                        published.completeExceptionally(error.getCause());
                    }
                });
        return published;
    }

    private CompletableFuture<Written> send(OutgoingRecord record) {
        CompletableFuture<Written> future = new CompletableFuture<>();
        send(record, new Acknowledgement() {
            @Override
            public void written(Written written) {
                future.complete(written);
            }

            @Override
            public void failed(PublishException error) {
                future.completeExceptionally(error);
            }
        });
        return future;
    }

    /** Sends what is on its way, for so long, and closes the producer. */
    public void close(Duration timeout) {
        producer.close(timeout);
        topics.close();
    }
}
