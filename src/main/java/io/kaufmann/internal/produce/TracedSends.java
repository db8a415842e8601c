package io.kaufmann.internal.produce;

import io.kaufmann.internal.handoff.Outbox.Acknowledgement;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.telemetry.Tracing;
import java.util.function.BiConsumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Has each record that is sent followed by a span, from before its topic is looked up until it is acknowledged: what is current on
 * the thread of whoever publishes is not so later. Immutable and thread-safe.
 */
public final class TracedSends {

    private final Tracing tracing;

    /** Has them followed by this. */
    public TracedSends(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Sends a record by a way, with its span in its headers. */
    public void send(
            OutgoingRecord record, Acknowledgement acknowledgement, BiConsumer<OutgoingRecord, Acknowledgement> way) {
        if (tracing == Tracing.NONE) {
            way.accept(record, acknowledgement);
            return;
        }
        // Others each time that it is sent: each time is a span of its own, and the record stays as it was made.
        Headers headers = new RecordHeaders(record.headers());
        var facts = new Tracing.Publishing(record.name().base(), record.topic(), headers);
        Tracing.Span span = acknowledgement
                .span()
                .map(handling -> handling.publishing(facts))
                .orElseGet(() -> tracing.publishing(facts));
        way.accept(record.with(headers), new Traced(acknowledgement, span));
    }

    /** Ends the span before it passes on what became of the record. */
    private record Traced(Acknowledgement acknowledgement, Tracing.Span publishing) implements Acknowledgement {

        @Override
        public boolean isWanted() {
            return acknowledgement.isWanted();
        }

        @Override
        public void kept() {
            acknowledgement.kept();
        }

        @Override
        public void dropped() {
            publishing.failed(PublishException.unavailable(
                    "the transaction that it was kept for was not committed; its event comes again", null));
            publishing.end();
            acknowledgement.dropped();
        }

        @Override
        public void written(Written written) {
            publishing.written(written.partition(), written.offset());
            publishing.end();
            acknowledgement.written(written);
        }

        @Override
        public void failed(PublishException error) {
            publishing.failed(error);
            publishing.end();
            acknowledgement.failed(error);
        }
    }
}
