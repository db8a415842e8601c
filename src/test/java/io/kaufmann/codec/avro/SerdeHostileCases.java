package io.kaufmann.codec.avro;

import io.kaufmann.codec.KafkaSerdeTranscoder;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.event.EventName;
import io.kaufmann.fuzz.HostileCases;
import io.kaufmann.schema.SubjectStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/** Deserializers of somebody else's that let through what they should not, or that fail in every way. */
public final class SerdeHostileCases implements HostileCases {

    private static final Schema NODE = Schemas.LINKED_LIST;

    private final List<Case> cases = new ArrayList<>();
    private final AvroEventForm form = AvroEventForm.of(new SchemaShelf(), SubjectStrategy.eventName());

    /** With deserializers that are made for it. */
    public SerdeHostileCases() {}

    @Override
    public List<Case> cases() {
        refused("no byte", new byte[0], SerdeHostileCases::avro);
        refused("half a record", new byte[1], SerdeHostileCases::avro);
        refused("no value", null, SerdeHostileCases::avro);
        for (int depth : new int[] {600, 1_000, 2_000, 5_000, 10_000, 1_000_000}) {
            byte[] deep = new byte[depth];
            Arrays.fill(deep, (byte) 2);
            deep[depth - 1] = 0;
            refused("Avro's own reader with " + depth + " bytes of nodes", deep, SerdeHostileCases::avro);
            refused("a list of " + depth + " nodes", new byte[1], bytes -> list(depth));
        }
        refused("a list that ends in itself", new byte[1], bytes -> circle());
        refused("a record that does not fit its schema", new byte[1], bytes -> new GenericData.Record(NODE));
        refused("another type", new byte[1], bytes -> new Object());
        refused("nothing", new byte[1], bytes -> null);
        refused("an error", new byte[1], bytes -> {
            throw new IllegalStateException("x".repeat(1_000_000));
        });
        return cases;
    }

    private static Object avro(byte[] bytes) {
        try {
            return new GenericDatumReader<>(NODE)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GenericRecord list(int depth) {
        GenericRecord list = null;
        for (int i = 0; i < depth; i++) {
            GenericRecord node = new GenericData.Record(NODE);
            node.put("value", i);
            node.put("next", list);
            list = node;
        }
        return list;
    }

    private static GenericRecord circle() {
        GenericRecord node = list(1);
        node.put("next", node);
        return node;
    }

    private void refused(String name, byte[] value, Function<byte[], Object> own) {
        Deserializer<Object> deserializer = (topic, bytes) -> own.apply(bytes);
        cases.add(Case.refused(
                name,
                TranscodeException.class,
                () -> KafkaSerdeTranscoder.builder("own", form)
                        .deserializer(deserializer)
                        .build()
                        .decode(new Encoded(EventName.of("event.x"), "rapids", new RecordHeaders(), value))));
    }
}
