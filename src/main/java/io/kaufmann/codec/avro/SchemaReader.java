package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import io.kaufmann.schema.RegisteredSchema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the events of one writer's schema. Immutable and thread-safe. */
final class SchemaReader {

    private final RegisteredSchema schema;
    private final ValueReader reader;
    private final Envelope envelope;

    SchemaReader(RegisteredSchema schema) {
        this.schema = schema;
        this.reader = Readers.of(schema.schema());
        this.envelope = Envelope.of(schema.schema());
    }

    /**
     * Reads an event.
     *
     * @param event its name, for messages
     * @param bytes the record's value
     * @param start where the event begins in it: after a frame's head, or at 0
     * @throws TranscodeException when the bytes from there on are not exactly one value of the schema
     */
    Transcoder.Decoded read(String event, byte[] bytes, int start) {
        Input in = new Input(bytes, start);
        Object value = value(in);
        if (envelope.isAllPayload()) {
            return new Transcoder.Decoded(Meta.empty(), Payload.of(event, value));
        }
        RecordMap root = (RecordMap) value;
        Object payload = envelope.payload() ? root.get(Envelope.PAYLOAD) : withoutMeta(root);
        return new Transcoder.Decoded(meta(root), Payload.of(event, payload));
    }

    private Object value(Input in) {
        try {
            Object value = reader.read(in);
            if (in.remaining() > 0) {
                throw new Misfit("the record ends " + in.remaining() + " bytes before the end of the value");
            }
            return value;
        } catch (Misfit e) {
            String path = e.path().isEmpty() ? "" : e.path() + " ";
            throw new TranscodeException(
                    "bytes do not fit schema " + Values.cut(schema.schema().getFullName(), 200) + " (id "
                            + schema.id() + "): " + path + "at byte " + in.position() + ": " + e.getMessage()
                            + ". Written with another schema, or damaged");
        }
    }

    @SuppressWarnings("unchecked") // Field names and the keys of Avro maps are always text.
    private Meta meta(RecordMap root) {
        Object meta = envelope.meta().map(field -> root.value(field.pos())).orElse(null);
        return meta == null ? Meta.empty() : Meta.over((Map<String, Object>) meta);
    }

    private Map<String, Object> withoutMeta(RecordMap root) {
        Map<String, Object> payload = new LinkedHashMap<>(root);
        envelope.meta().ifPresent(field -> payload.remove(field.name()));
        return Collections.unmodifiableMap(payload);
    }
}
