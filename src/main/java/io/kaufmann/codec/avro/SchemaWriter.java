package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.event.Meta;
import io.kaufmann.schema.RegisteredSchema;
import java.util.LinkedHashMap;
import java.util.Map;

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
            writer.write(root(event), out);
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

    private Object root(Transcoder.Outgoing event) {
        Object payload = Values.plain(event.payload());
        Map<String, Object> root = new LinkedHashMap<>();
        metaFields.put(event.meta().orElse(Meta.empty()), root);
        if (envelope.isAllPayload()) {
            return payload;
        }
        if (envelope.payload()) {
            root.put(Envelope.PAYLOAD, payload);
        } else {
            Fields fields = Fields.of(payload);
            if (fields == null) {
                throw Misfit.expected(writer.expected(), payload);
            }
            fields.names().forEach(name -> root.putIfAbsent(name, fields.get(name)));
        }
        return root;
    }

    private TranscodeException failure(Transcoder.Outgoing event, Misfit misfit) {
        String path = misfit.path();
        if (envelope.isAllPayload()) {
            path = path.isEmpty() ? Envelope.PAYLOAD : Envelope.PAYLOAD + (path.startsWith("[") ? "" : ".") + path;
        }
        return new TranscodeException(event.name().printable() + (path.isEmpty() ? "" : " " + path) + ": "
                + misfit.getMessage() + " (schema " + Values.cut(schema.schema().getFullName(), 200) + ", id "
                + schema.id() + ")");
    }
}
