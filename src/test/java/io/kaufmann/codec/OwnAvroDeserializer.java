package io.kaufmann.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Stands for a team's own deserializer, which knows nothing of this library and is not thread-safe. */
public final class OwnAvroDeserializer implements Deserializer<Object> {

    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final OwnRegistryClient.OneAtATime guard = new OwnRegistryClient.OneAtATime();
    private OwnRegistryClient client;
    private boolean specific;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        client = new OwnRegistryClient(String.valueOf(configs.get("schema.registry.url")));
        specific = Boolean.parseBoolean(String.valueOf(configs.get("specific.avro.reader")));
        OwnAvroSerializer.OPEN.incrementAndGet();
    }

    @Override
    public Object deserialize(String topic, byte[] data) {
        guard.enter();
        try {
            ByteBuffer buffer = ByteBuffer.wrap(data);
            if (buffer.get() != 0) {
                throw new SerializationException("Unknown magic byte!");
            }
            Schema schema = schema(buffer.getInt());
            DatumReader<Object> reader = specific
                    ? new SpecificDatumReader<>(schema, OrderPlaced.SCHEMA$)
                    : new GenericDatumReader<>(schema);
            return reader.read(null, DecoderFactory.get().binaryDecoder(data, 5, data.length - 5, null));
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("Error deserializing Avro message", e);
        } finally {
            guard.leave();
        }
    }

    private Schema schema(int id) throws IOException {
        Schema known = schemas.get(id);
        if (known == null) {
            known = client.byId(id);
            schemas.put(id, known);
        }
        return known;
    }

    @Override
    public void close() {
        OwnAvroSerializer.OPEN.decrementAndGet();
    }
}
