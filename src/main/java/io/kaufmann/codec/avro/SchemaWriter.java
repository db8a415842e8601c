package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.event.Meta;
import io.kaufmann.schema.RegisteredSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Writes events in one schema. Immutable and thread-safe. */
final class SchemaWriter {

    private final RegisteredSchema schema;
    private final ValueWriter writer;
    private final Envelope envelope;
    private final MetaFields metaFields;

    SchemaWriter(RegisteredSchema schema) {
        this.schema = schema;
        this.writer = Writers.of(schema.schema());
        this.envelope = Envelope.of(schema.schema());
        this.metaFields = MetaFields.of(envelope.meta());
    }

    /**
     * Writes an event.
     *
     * @return the frame
     * @throws TranscodeException when metadata or payload do not fit the schema; the message names the path
     */
    byte[] write(Transcoder.Outgoing event) {
        Output out = new Output();
        try {
            Frame.write(schema.id(), out);
            write(event, out);
            return out.toByteArray();
        } catch (Misfit e) {
            throw failure(event, e);
        } catch (RuntimeException e) { // Of the payload's own code: a lazy map, one that another thread changes.
            throw new TranscodeException(
                    event.name().printable() + " payload: reading it failed with "
                            + e.getClass().getName(),
                    e);
        }
    }

    private void write(Transcoder.Outgoing event, Output out) {
        Object payload = Values.plain(event.payload());
        Map<String, Object> root = new LinkedHashMap<>();
        metaFields.put(event.meta().orElse(Meta.empty()), root);
        if (envelope.isAllPayload()) {
            writer.write(payload, out);
        } else if (envelope.payload()) {
            root.put(Envelope.PAYLOAD, isWhole(payload) ? payloadOf((IndexedRecord) payload) : payload);
            writer.write(root, out);
        } else {
            writeBesideMeta(root, payload, out);
        }
    }

    /** Whether it is a record of the event's whole schema, as a class generated from it makes. */
    private boolean isWhole(Object payload) {
        return payload instanceof IndexedRecord record
                && record.getSchema().getFullName().equals(schema.schema().getFullName());
    }

    private static Object payloadOf(IndexedRecord whole) {
        Schema.Field field = whole.getSchema().getField(Envelope.PAYLOAD);
        if (field == null) {
            throw new Misfit("not in the schema of the record that was given").inField(Envelope.PAYLOAD);
        }
        return Values.plain(whole.get(field.pos()));
    }

    private void writeBesideMeta(Map<String, Object> meta, Object payload, Output out) {
        RecordWriter record = (RecordWriter) writer; // Nothing else has a field for metadata.
        Fields fields = record.fieldsOf(payload);
        if (fields == null) {
            throw Misfit.expected(writer.expected(), payload);
        }
        if (!isWhole(payload)) {
            envelope.meta().ifPresent(field -> refuse(field, record, fields));
        }
        record.write(new EventFields(Fields.OfMap.of(meta), fields, record), out);
    }

    /** Metadata is the event's; what a payload has there would vanish. */
    private static void refuse(Schema.Field meta, RecordWriter record, Fields payload) {
        if (payload.get(record.field(meta.pos())) != null) {
            throw new Misfit("the event's metadata stands there, which a payload cannot set. Set its fields on the"
                            + " publication, with meta")
                    .inField(meta.name());
        }
    }

    private TranscodeException failure(Transcoder.Outgoing event, Misfit misfit) {
        String path = path(misfit.path());
        return new TranscodeException(
                event.name().printable() + (path.isEmpty() ? "" : " " + path) + ": "
                        + misfit.getMessage() + " (schema "
                        + Values.cut(schema.schema().getFullName(), 200) + ", id "
                        + schema.id() + ")",
                misfit.getCause());
    }

    /** The path as a handler sees it, to whom all that is no metadata is payload. */
    private String path(String path) {
        boolean besides = envelope.payload() || envelope.meta().stream().anyMatch(field -> leadsTo(field.name(), path));
        if (besides) {
            return path;
        }
        return path.isEmpty() || path.startsWith("[") ? Envelope.PAYLOAD + path : Envelope.PAYLOAD + '.' + path;
    }

    private static boolean leadsTo(String field, String path) {
        return path.equals(field) || path.startsWith(field + '.');
    }
}
