package io.kaufmann.codec.avro;

import io.kaufmann.event.PayloadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes Avro's own records of the events of one writer's schema. Avro reads the bytes again, with readers that are made
 * once; they went through this package's readers before, so what Avro does not bound (nesting) is bounded. Thread-safe.
 *
 * <p>Schemas come from a registry, and load no class: {@code java-class} and its like are not looked at, and names are
 * looked up among the types of a class that somebody asked for, see {@link SpecificTypes}.
 */
final class AvroRecords {

    private static final String GENERIC = "Avro's own record";

    private final Schema writer;
    private final Schema target;
    private final Envelope envelope;
    private final Map<Class<?>, Maker> specific = new ConcurrentHashMap<>();
    // Any thread; made when first asked for.
    private volatile Maker generic;

    AvroRecords(Schema writer, Schema target, Envelope envelope) {
        this.writer = aliased(writer, target);
        this.target = target;
        this.envelope = envelope;
    }

    /** What was written, under the names that the target knows: another class's schema need not know its aliases. */
    private static Schema aliased(Schema writer, Schema target) {
        try {
            return Schema.applyAliases(writer, target);
        } catch (AvroRuntimeException e) { // Aliases that give two fields one name: no event can be read as the target.
            return writer;
        }
    }

    /**
     * One way to read the events.
     *
     * @param reader Avro's reader
     * @param schema what it reads
     * @param whole whether that is the whole event, rather than a record that holds the payload alone
     */
    private record Maker(DatumReader<Object> reader, Schema schema, boolean whole) {

        /**
         * Through a stream, since Avro 1.12.2 holds the bytes left, where it knows them, against what the items of an array
         * would take as the reader's schema has them: with an added field, or a long where an int was written, it refuses
         * arrays that are there.
         */
        Object read(RecordsOfEvent of) throws IOException {
            InputStream bytes = new ByteArrayInputStream(of.bytes(), of.start(), of.bytes().length - of.start());
            Object datum = reader.read(null, DecoderFactory.get().directBinaryDecoder(bytes, null));
            return whole ? datum : ((IndexedRecord) datum).get(0);
        }
    }

    GenericRecord generic(RecordsOfEvent of) {
        Maker maker = generic;
        if (maker == null) {
            maker = genericMaker(of.event());
            generic = maker;
        }
        Object payload = read(maker, of, GENERIC);
        if (!(payload instanceof GenericRecord record)) {
            throw new PayloadException(
                    of.event(),
                    "",
                    "an Avro record",
                    (payload == null ? "null" : "another type") + ". Read it with value()");
        }
        return record;
    }

    private Maker genericMaker(String event) {
        boolean whole = !envelope.payload();
        Schema schema =
                whole ? target : payloadAlone(target.getField(Envelope.PAYLOAD).schema());
        return maker(new FastReaderBuilder(GenericData.get()), schema, whole, event, GENERIC);
    }

    <T extends SpecificRecord> T specific(Class<T> type, RecordsOfEvent of) {
        Maker maker = specific.get(type);
        if (maker == null) {
            maker = specificMaker(type, of.event());
            specific.put(type, maker);
        }
        Object payload = read(maker, of, type.getName());
        if (!type.isInstance(payload)) {
            throw new PayloadException(of.event(), "", type.getName(), payload == null ? "null" : "another type");
        }
        return type.cast(payload);
    }

    /** A class made of the event's whole schema, metadata included, is that; any other is the payload. */
    private Maker specificMaker(Class<?> type, String event) {
        SpecificTypes types = SpecificTypes.of(type, event);
        Schema schema = types.schema();
        boolean whole = !envelope.payload() || schema.getFullName().equals(target.getFullName());
        return maker(types.reader(), whole ? schema : payloadAlone(schema), whole, event, type.getName());
    }

    private Maker maker(FastReaderBuilder builder, Schema schema, boolean whole, String event, String wanted) {
        try {
            return new Maker(builder.createDatumReader(writer, schema), schema, whole);
        } catch (IOException | RuntimeException e) {
            throw failure(event, wanted, String.valueOf(e.getMessage()));
        }
    }

    /** A record with the payload as its only field, so that Avro passes over the metadata. */
    private static Schema payloadAlone(Schema payload) {
        return Schema.createRecord(null, null, null, false, List.of(new Schema.Field(Envelope.PAYLOAD, payload)));
    }

    private Object read(Maker maker, RecordsOfEvent of, String wanted) {
        try {
            return maker.read(of);
        } catch (IOException | RuntimeException e) { // ClassCastException of a class whose fields are of other types.
            throw failure(of.event(), wanted, why(maker, of, e));
        }
    }

    /** This package's readers know the field's path, which Avro's do not. */
    private String why(Maker maker, RecordsOfEvent of, Exception failure) {
        try {
            ResolvedReaders.of(writer, maker.schema()).read(new Input(of.bytes(), of.start()));
            return String.valueOf(failure.getMessage());
        } catch (Misfit e) {
            return e.path() + ": " + e.getMessage();
        }
    }

    private static PayloadException failure(String event, String wanted, String why) {
        return new PayloadException(event, "", wanted, "what cannot be read as that: " + Values.cut(why, 300));
    }
}
