package io.kaufmann.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A team's own Avro serializer, which is not thread-safe. */
class OwnAvroSerdeContractTest extends AvroSerdeContract {

    private final int openBefore = OwnAvroSerializer.OPEN.get();

    @Override
    String serializer() {
        return OwnAvroSerializer.class.getName();
    }

    @Override
    String deserializer() {
        return OwnAvroDeserializer.class.getName();
    }

    @Override
    Map<String, Object> settings() {
        return Map.of();
    }

    @Override
    @AfterEach
    protected void close() {
        super.close();
        assertThat(OwnAvroSerializer.OPEN).hasValue(openBefore);
    }
}
