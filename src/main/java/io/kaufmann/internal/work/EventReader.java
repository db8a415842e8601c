package io.kaufmann.internal.work;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.EventName;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.ErrorTexts;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Outbox.Cause;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.telemetry.Telemetry;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes an event of a delivery, or an error event of one that cannot be decoded. Thread-safe. */
final class EventReader {

    private final Names names;
    private final Transcoders transcoders;
    private final String consumerGroup;
    private final Telemetry telemetry;
    private final Clock clock;

    EventReader(EventProcessor.Parts parts) {
        this.names = parts.names();
        this.transcoders = parts.transcoders();
        this.consumerGroup = parts.consumerGroup();
        this.telemetry = parts.telemetry();
        this.clock = parts.clock();
    }

    /**
     * What there is to handle: an event, or one that cannot be decoded. Empty for one that the handler does not accept.
     *
     * @throws RegistryUnavailableException when its schema could not be read
     * @throws OutOfMemoryError when there was not enough memory: that may be another event's doing
     */
    Optional<Cause> read(Delivery delivery) {
        try {
            learnName(delivery);
            if (delivery.name().isPresent() && !names.areHandled(delivery.name().get())) {
                return Optional.empty();
            }
            DecodedEvent event = decode(delivery);
            return Optional.of(new Cause(event, Optional.of(event)));
        } catch (RegistryUnavailableException | OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            // An Error too: a record can nest deeper than any stack.
            return Optional.of(undecodable(delivery, e));
        }
    }

    /** The delivery as one that cannot be decoded. */
    Cause undecodable(Delivery delivery, Throwable why) {
        TranscodeException error =
                new TranscodeException("Cannot decode " + delivery + ": " + ErrorTexts.message(why), why);
        return new Cause(new UndecodableEvent(delivery, consumerGroup, error), Optional.empty());
    }

    /** The same for the delivery's next attempt. */
    Cause again(Delivery delivery, Cause cause) {
        if (cause.record() instanceof DecodedEvent decoded) {
            DecodedEvent event = decoded.forAttempt(consumerGroup);
            return new Cause(event, Optional.of(event));
        }
        UndecodableEvent before = (UndecodableEvent) cause.record();
        return new Cause(new UndecodableEvent(delivery, consumerGroup, before.error()), Optional.empty());
    }

    private void learnName(Delivery delivery) {
        ConsumerRecord<byte[], byte[]> record = delivery.record();
        if (names.naming().isByRecord() && record.value() != null) {
            transcoders
                    .recordName(record.topic(), record.headers(), record.value())
                    .map(told -> names.naming().named(told, record.key()))
                    .ifPresent(delivery::name);
        }
    }

    private DecodedEvent decode(Delivery delivery) {
        ConsumerRecord<byte[], byte[]> record = delivery.record();
        if (record.value() == null) {
            throw new TranscodeException(names.tombstone());
        }
        EventName name = delivery.name().orElseThrow(() -> new TranscodeException(names.missing()));
        long start = clock.nanos();
        Transcoder.Decoded decoded =
                transcoders.decode(new Transcoder.Encoded(name, record.topic(), record.headers(), record.value()));
        telemetry.decoded(new Telemetry.Decoded(
                name.base(),
                record.topic(),
                record.partition(),
                record.offset(),
                consumerGroup,
                record.value().length,
                clock.since(start)));
        return new DecodedEvent(delivery, consumerGroup, name, decoded);
    }
}
