package io.kaufmann.internal.assembly;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.handler.ErrorFormat;
import io.kaufmann.publish.MetaSource;
import io.kaufmann.publish.Publication;
import io.kaufmann.schema.SchemaNotFoundException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Whether error events can be written: without that a failed event could tell nobody. */
public final class ErrorSchema {

    /** The name of an error event that nobody gets: whoever asks whether such can be written asks for its schema. */
    public static final String TRIAL_EVENT = "event.error.trial";

    private static final String TRIAL = "a trial";

    private final Transcoders transcoders;
    private final String topic;
    private final MetaSource metaSource;
    private final ErrorFormat format;

    /**
     * The schema of a service.
     *
     * @param transcoders encode
     * @param topic where error events go
     * @param metaSource makes metadata
     * @param format makes an error's form
     */
    public ErrorSchema(Transcoders transcoders, String topic, MetaSource metaSource, ErrorFormat format) {
        this.transcoders = transcoders;
        this.topic = topic;
        this.metaSource = metaSource;
        this.format = format;
    }

    /**
     * Returns when an error event can be encoded, in one of the forms that it may have.
     *
     * @throws IllegalStateException when it cannot; it says why
     */
    public void require() {
        try {
            encode(format.apply(TRIAL));
        } catch (TranscodeException e) {
            try {
                encode(TRIAL);
            } catch (TranscodeException again) {
                throw problem(e);
            }
        }
    }

    private void encode(Object error) {
        Publication trial = Publication.of(TRIAL_EVENT, Map.of("error", error));
        EventName name = trial.name();
        Optional<Meta> meta = Optional.of(metaSource.meta(trial, Optional.empty()));
        byte[] unused = transcoders.encode(
                new Transcoder.Outgoing(name, topic, meta, trial.payload(), new RecordHeaders()), Optional.empty());
    }

    private static IllegalStateException problem(TranscodeException e) {
        boolean missing = e.getCause() instanceof SchemaNotFoundException;
        return new IllegalStateException(
                "error events cannot be written: " + e.getMessage()
                        + (missing ? "; the library ships one as io/kaufmann/schemas/event.error.avsc" : ""),
                e);
    }
}
