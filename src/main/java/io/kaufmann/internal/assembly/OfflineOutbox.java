package io.kaufmann.internal.assembly;

import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.produce.RecordMaker;
import io.kaufmann.internal.produce.TracedSends;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the events of a service without broker go: each record is made as for a broker, and taken by whoever plays one. Thread-safe as
 * far as that is.
 */
final class OfflineOutbox implements Outbox {

    private final RecordMaker maker;
    private final Telemetry telemetry;
    private final TracedSends traced;
    private final int partitions;
    private final OfflineService.Broker broker;
    // Until they are sent.
    private final Map<OutgoingRecord, Optional<String>> formats = Collections.synchronizedMap(new IdentityHashMap<>());

    OfflineOutbox(
            RecordMaker maker, Telemetry telemetry, TracedSends traced, int partitions, OfflineService.Broker broker) {
        this.maker = maker;
        this.telemetry = telemetry;
        this.traced = traced;
        this.partitions = partitions;
        this.broker = broker;
    }

    @Override
    public List<OutgoingRecord> prepare(Publication publication, Optional<Cause> cause) {
        return noted(maker.prepare(publication, cause), publication);
    }

    @Override
    public List<OutgoingRecord> prepareWithoutMeta(Publication publication, Cause cause) {
        return noted(maker.prepareWithoutMeta(publication, cause), publication);
    }

    private List<OutgoingRecord> noted(List<OutgoingRecord> records, Publication publication) {
        records.forEach(record -> formats.put(record, publication.format()));
        return records;
    }

    @Override
    public void send(OutgoingRecord record, Acknowledgement acknowledgement) {
        Optional<String> noted = formats.remove(record);
        Optional<String> format = noted == null ? Optional.empty() : noted;
        traced.send(record, acknowledgement, (outgoing, answer) -> take(outgoing, format, answer));
    }

    private void take(OutgoingRecord record, Optional<String> format, Acknowledgement acknowledgement) {
        Written written;
        try {
            int partition = record.partition().apply(partitions).orElse(0);
            written = broker.take(record, partition, format);
        } catch (PublishException e) {
            acknowledgement.failed(e);
            return;
        }
        telemetry.published(new Telemetry.Published(
                record.name().base(), written.topic(), written.partition(), record.size(), Duration.ZERO));
        acknowledgement.written(written);
    }
}
