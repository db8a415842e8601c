package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import io.kaufmann.schema.RegisteredSchema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Reads the events of one writer's schema, as the reader's has them if there is one. Immutable and thread-safe. */
final class SchemaReader {

    private final RegisteredSchema writer;
    private final RegisteredSchema target;
    private final ValueReader reader;
    private final Envelope envelope;
    private final AvroRecords records;

    /** Reads what was written as it was written. */
    SchemaReader(RegisteredSchema writer) {
        this(writer, writer);
    }

    /** Reads what was written as another schema has it. */
    SchemaReader(RegisteredSchema writer, RegisteredSchema target) {
        this.writer = writer;
        this.target = target;
        this.envelope = Envelope.of(target.schema());
        this.reader = writer.schema().equals(target.schema())
                ? Readers.of(target.schema(), envelope.meta())
                : ResolvedReaders.of(writer.schema(), target.schema());
        this.records = new AvroRecords(writer.schema(), target.schema(), envelope);
    }

    /** Whether it reads events as this schema has them. */
    boolean readsAs(RegisteredSchema schema) {
        return target.id() == schema.id();
    }

    /**
     * Reads an event.
     *
     * @param event its name, for messages
     * @param bytes the record's value
     * @param start where the event begins in it: after a frame's head, or at 0
     * @throws TranscodeException when the bytes from there on are not exactly one value of the writer's schema, or cannot be
     *     read as the reader's schema has it
     */
    Transcoder.Decoded read(String event, byte[] bytes, int start) {
        Object value = value(new Input(bytes, start));
        RecordsOfEvent avro = new RecordsOfEvent(records, event, bytes, start);
        if (envelope.isAllPayload()) {
            return new Transcoder.Decoded(Meta.empty(), Payload.of(event, value, avro));
        }
        RecordMap root = (RecordMap) value;
        Object payload = envelope.payload() ? root.get(Envelope.PAYLOAD) : withoutMeta(root);
        return new Transcoder.Decoded(meta(root), Payload.of(event, payload, avro));
    }

    private Object value(Input in) {
        try {
            Object value = reader.read(in);
            if (in.remaining() > 0) {
                throw new Misfit("the record ends " + in.remaining() + " bytes before the end of the value");
            }
            return value;
        } catch (Misfit e) {
            throw failure(e, in.position());
        }
    }

    private TranscodeException failure(Misfit misfit, int position) {
        String path = misfit.path().isEmpty() ? "" : misfit.path() + " ";
        return new TranscodeException(
                misfit.isUnresolvable()
                        ? shown(writer) + " cannot be resolved to the reader's " + shown(target) + ": " + path
                                + misfit.getMessage() + ". Change the reader's schema so that it takes both, or read"
                                + " without one"
                        : "bytes do not fit " + shown(writer) + ": " + path + "at byte " + position + ": "
                                + misfit.getMessage() + ". Written with another schema, or damaged");
    }

    private static String shown(RegisteredSchema schema) {
        String where = schema.id() >= 0
                ? "id " + schema.id()
                : schema.subject()
                        .map(subject -> "local, subject " + Values.cut(subject, 200))
                        .orElse("found by GUID");
        Schema written = schema.schema();
        return "schema " + Values.cut(written.getFullName(), 200) + " (" + where + ")";
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
