package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.schema.RegisteredSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** What one schema wrote and another reads is what Avro's own reader makes of it. */
class AvroResolutionPropertiesTest {

    private static final String EVENT = "event.x";

    @Property(tries = 5_000)
    void avrosOwnReaderAgrees(@ForAll long seed) {
        RandomSchemas random = new RandomSchemas(seed);
        Schema writer = random.record(4);
        Schema reader = new Evolution(seed + 1).of(writer);
        Events events = new Events();
        RegisteredSchema written = events.shelf.put(EVENT, writer);
        byte[] frame = events.encode(EVENT, random.value(writer));
        RegisteredSchema read = events.shelf.put(EVENT, reader);

        Outcome expected = avro(writer, reader, frame);
        Statistics.label("resolved").collect(expected.resolved);

        assertThat(ours(new SchemaReader(written, read), frame)).isEqualTo(expected);
    }

    /**
     * What came of reading.
     *
     * @param resolved whether the two schemas go together
     * @param value what was read
     */
    private record Outcome(boolean resolved, Object value) {

        static final Outcome NONE = new Outcome(false, null);
    }

    @Property(tries = 2_000)
    void avrosOwnRecordsAreTheSame(@ForAll long seed) {
        RandomSchemas random = new RandomSchemas(seed);
        Schema writer = random.record(3);
        Schema reader = new Evolution(seed + 1).of(writer);
        Events events = new Events();
        RegisteredSchema written = events.shelf.put(EVENT, writer);
        byte[] frame = events.encode(EVENT, random.value(writer));
        RegisteredSchema read = events.shelf.put(EVENT, reader);
        Outcome decoded = ours(new SchemaReader(written, read), frame);
        if (!decoded.resolved || reader.getType() != Schema.Type.RECORD) {
            return;
        }

        GenericRecord generic = new SchemaReader(written, read)
                .read(EVENT, frame, Frame.HEAD)
                .payload()
                .avro();

        assertThat(generic.getSchema()).isSameAs(reader);
        assertThat(RandomSchemas.plain(generic)).isEqualTo(decoded.value);
    }

    private static Outcome ours(SchemaReader reader, byte[] frame) {
        try {
            return new Outcome(
                    true, reader.read(EVENT, frame, Frame.HEAD).payload().value());
        } catch (TranscodeException e) {
            assertThat(e).hasMessageContaining("cannot be resolved");
            return Outcome.NONE;
        }
    }

    private static Outcome avro(Schema writer, Schema reader, byte[] frame) {
        try {
            // From a stream: Avro 1.12.2 refuses arrays whose items take more bytes in the reader's schema than are
            // left.
            var bytes = new ByteArrayInputStream(frame, Frame.HEAD, frame.length - Frame.HEAD);
            var decoder = DecoderFactory.get().directBinaryDecoder(bytes, null);
            return new Outcome(true, RandomSchemas.plain(new GenericDatumReader<>(writer, reader).read(null, decoder)));
        } catch (IOException | AvroRuntimeException e) {
            return Outcome.NONE;
        }
    }
}
