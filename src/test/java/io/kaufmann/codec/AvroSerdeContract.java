package io.kaufmann.codec;

import io.kaufmann.codec.avro.AvroEventForm;
import io.kaufmann.schema.SubjectStrategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody's Avro serializer, made by class name; read as generic and as generated records. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
abstract class AvroSerdeContract extends AvroContract {

    @Parameter
    private boolean specific;

    private final List<KafkaSerdeTranscoder> made = new ArrayList<>();

    abstract String serializer();

    abstract String deserializer();

    /** Beyond the registry's URL. */
    abstract Map<String, Object> settings();

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
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put("schema.registry.url", registry.url());
        settings.put("specific.avro.reader", specific);
        KafkaSerdeTranscoder transcoder = KafkaSerdeTranscoder.builder(
                        "own", AvroEventForm.of(client(), SubjectStrategy.eventName()))
                .serializer(serializer(), settings)
                .deserializer(deserializer(), settings)
                .build();
        made.add(transcoder);
        return transcoder;
    }

    @Override
    @AfterEach
    protected void close() {
        made.forEach(KafkaSerdeTranscoder::close);
        super.close();
    }
}
