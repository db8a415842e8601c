package io.kaufmann.internal.assembly;

import io.kaufmann.event.ConsumedRecord;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.produce.RecordMaker;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published.Written;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the events of a service without broker go: each record is made as for a broker, and taken by whoever plays one. Thread-safe as
 * far as that is.
 */
public final class OfflineOutbox implements Outbox {

    private final RecordMaker maker;
    private final int partitions;
    private final Broker broker;
    private final Map<OutgoingRecord, Origin> origins = Collections.synchronizedMap(new IdentityHashMap<>());

    /** Plays the broker. */
    @FunctionalInterface
    public interface Broker {

        /**
         * Takes a record.
         *
         * @param record the record
         * @param partition where it goes
         * @param origin where it came from
         * @return where it stands
         * @throws PublishException when it is not to be taken
         */
        Written take(OutgoingRecord record, int partition, Origin origin);
    }

    /**
     * Where a record came from.
     *
     * @param cause the record that it answers; empty for a dead letter, and for what is published outside a handler
     * @param format the format that its publication asked for
     */
    public record Origin(Optional<ConsumedRecord> cause, Optional<String> format) {

        private static final Origin NONE = new Origin(Optional.empty(), Optional.empty());
    }

    /**
     * An outbox.
     *
     * @param maker makes the records
     * @param partitions how many each topic has
     * @param broker takes them
     */
    public OfflineOutbox(RecordMaker maker, int partitions, Broker broker) {
        this.maker = maker;
        this.partitions = partitions;
        this.broker = broker;
    }

    @Override
    public List<OutgoingRecord> prepare(Publication publication, Optional<Cause> cause) {
        return noted(maker.prepare(publication, cause), publication, cause);
    }

    @Override
    public List<OutgoingRecord> prepareWithoutMeta(Publication publication, Cause cause) {
        return noted(maker.prepareWithoutMeta(publication, cause), publication, Optional.of(cause));
    }

    private List<OutgoingRecord> noted(List<OutgoingRecord> records, Publication publication, Optional<Cause> cause) {
        Origin origin = new Origin(cause.map(Cause::record), publication.format());
        records.forEach(record -> origins.put(record, origin));
        return records;
    }

    @Override
    public void send(OutgoingRecord record, Acknowledgement acknowledgement) {
        Written written;
        try {
            OptionalInt partition = record.partition().apply(partitions);
            Origin origin = origins.remove(record);
            written = broker.take(record, partition.orElse(0), origin == null ? Origin.NONE : origin);
        } catch (PublishException e) {
            acknowledgement.failed(e);
            return;
        }
        acknowledgement.written(written);
    }
}
