package io.kaufmann.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.codec.avro.AvroEventForm;
import io.kaufmann.schema.SubjectStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A team's own Avro serializer, made by class name, that is not thread-safe; read as generic and as generated records. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class OwnAvroSerdeContractTest extends AvroContract {

    @Parameter
    private boolean specific;

    private final List<KafkaSerdeTranscoder> made = new ArrayList<>();
    private final int openBefore = OwnAvroSerializer.OPEN.get();

    /** Avro makes objects of no class that a service has not named as trusted. */
    @BeforeAll
    static void trust() {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.DEFAULT,
                ClassSecurityValidator.builder()
                        .add(OrderPlaced.class)
                        .add(OrderPayload.class)
                        .build()));
    }

    @AfterAll
    static void trustNoLonger() {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.DEFAULT);
    }

    @Override
    protected boolean seesNewFields() {
        return !specific;
    }

    @Override
    protected Transcoder transcoder() {
        Map<String, Object> settings = Map.of("schema.registry.url", registry.url(), "specific.avro.reader", specific);
        KafkaSerdeTranscoder transcoder = KafkaSerdeTranscoder.builder(
                        "own", AvroEventForm.of(client(), SubjectStrategy.eventName()))
                .serializer(OwnAvroSerializer.class.getName(), settings)
                .deserializer(OwnAvroDeserializer.class.getName(), settings)
                .build();
        made.add(transcoder);
        return transcoder;
    }

    @Override
    @AfterEach
    protected void close() {
        made.forEach(KafkaSerdeTranscoder::close);
        super.close();
        assertThat(OwnAvroSerializer.OPEN).hasValue(openBefore);
    }
}
