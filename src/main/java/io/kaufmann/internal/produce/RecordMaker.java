package io.kaufmann.internal.produce;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.EventNaming;
import io.kaufmann.event.Meta;
import io.kaufmann.internal.handoff.ErrorTexts;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.Outbox.Cause;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.publish.CallbackTopics;
import io.kaufmann.publish.MetaSource;
import io.kaufmann.publish.PartitionStrategy;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.TopicStrategy;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes the records of a service's events: finds their topics, gives them their metadata, encodes them. Sends nothing. Immutable and
 * thread-safe.
 */
public final class RecordMaker {

    private final Destinations destinations;
    private final Parts parts;

    /**
     * A maker of records.
     *
     * @param parts what it works with
     */
    public RecordMaker(Parts parts) {
        this.destinations = new Destinations(parts.defaultTopic(), parts.topicStrategy(), parts.callbackTopics());
        this.parts = parts;
    }

    /**
     * What it works with.
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
            Telemetry telemetry) {

        /** The same with another telemetry. */
        public Parts with(Telemetry other) {
            return new Parts(
                    naming,
                    defaultTopic,
                    topicStrategy,
                    partitionStrategy,
                    callbackTopics,
                    metaSource,
                    transcoders,
                    clock,
                    other);
        }
    }

    /** The records of a publication, one for each target, as {@link Outbox#prepare} has it. */
    public List<OutgoingRecord> prepare(Publication publication, Optional<Cause> cause) {
        return prepare(publication, cause, true);
    }

    /** The same for an event without metadata of its own, as {@link Outbox#prepareWithoutMeta} has it. */
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
}
