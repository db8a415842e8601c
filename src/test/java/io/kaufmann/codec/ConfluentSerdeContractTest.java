package io.kaufmann.codec;

import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIf;

/** Confluent's own serializers, where the profile {@code confluent} has brought them. */
@EnabledIf(
        value = "areThere",
        disabledReason = "Confluent's serializers are not on the class path: mvn -Dconfluent.repository=URL")
class ConfluentSerdeContractTest extends AvroSerdeContract {

    private static final String PACKAGE = "io.confluent.kafka.serializers.";

    /** Also where they ought to be: then their absence is a failure. */
    static boolean areThere() {
        try {
            return Boolean.getBoolean("kaufmann.test.confluent")
                    || Class.forName(PACKAGE + "KafkaAvroSerializer") != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    String serializer() {
        return PACKAGE + "KafkaAvroSerializer";
    }

    @Override
    String deserializer() {
        return PACKAGE + "KafkaAvroDeserializer";
    }

    @Override
    Map<String, Object> settings() {
        return Map.of("value.subject.name.strategy", PACKAGE + "subject.RecordNameStrategy");
    }
}
