package io.kaufmann.codec;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** Confluent's own serializers, where the profile {@code confluent} has brought them. */
class ConfluentSerdeContractTest extends AvroSerdeContract {

    private static final String PACKAGE = "io.confluent.kafka.serializers.";

    /** By test: of a class with parameters that is switched off, Surefire reports nothing. */
    @BeforeEach
    void requireThem() {
        assumeTrue(
                areThere(), "Confluent's serializers are not on the class path: mvn -Dconfluent.repository=URL test");
    }

    /** Also where they ought to be: then their absence is a failure. */
    private static boolean areThere() {
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
