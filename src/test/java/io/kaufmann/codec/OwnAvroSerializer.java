package io.kaufmann.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** Stands for a team's own serializer, which knows nothing of this library and is not thread-safe. */
public final class OwnAvroSerializer implements Serializer<Object> {

    static final AtomicInteger OPEN = new AtomicInteger();

    private final Map<Schema, Integer> ids = new HashMap<>();
    private final OwnRegistryClient.OneAtATime guard = new OwnRegistryClient.OneAtATime();
    private OwnRegistryClient client;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        client = new OwnRegistryClient(String.valueOf(configs.get("schema.registry.url")));
        OPEN.incrementAndGet();
    }

    @Override
    public byte[] serialize(String topic, Object data) {
        guard.enter();
        try {
            IndexedRecord record = (IndexedRecord) data;
            Integer id = ids.get(record.getSchema());
            if (id == null) {
                id = client.register(record.getSchema());
                ids.put(record.getSchema(), id);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(
                    java.nio.ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("Error serializing Avro message", e);
        } finally {
            guard.leave();
        }
    }

    @Override
    public void close() {
        OPEN.decrementAndGet();
    }
}
