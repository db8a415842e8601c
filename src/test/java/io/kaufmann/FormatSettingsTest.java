package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.codec.avro.AvroTranscoder;
import io.kaufmann.codec.json.JsonTranscoder;
import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNaming;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.testing.InMemorySchemaRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings of formats make, and what they need of each other. */
class FormatSettingsTest {

    private static final String SCHEMA = """
            {"type": "record", "name": "event.x", "fields": [
              {"name": "payload", "type": {"type": "record", "name": "P", "fields": [%s]}}]}""";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    @TempDir
    Path folder;

    @Test
    void namesMakeKaufmannsOwnTranscodersInTheirOrder() {
        Transcoders transcoders =
                Samples.essentials().transcoders("json", "avro", "bare").build().transcoders(registry);

        assertThat(new String(encode(transcoders, Map.of("a", 1)), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void rulesChooseBetweenThem() {
        registry.register("event.x", SCHEMA.formatted("{\"name\": \"a\", \"type\": \"int\"}"));
        Transcoders transcoders = Samples.essentials()
                .transcoders("json", "avro", "bare")
                .transcoderRules("event:event.*=bare")
                .build()
                .transcoders(registry);

        assertThat(encode(transcoders, Map.of("a", 1))).containsExactly(2);
    }

    @Test
    void rulesGoWithReadyMadeTranscodersToo() {
        KaufmannConfig config = Samples.essentials()
                .transcoders(Transcoders.of(new SampleHandlers.Morse(), JsonTranscoder.create()))
                .transcoderRules("topic:rapids=json")
                .build();

        assertThat(new String(encode(config.transcoders(registry), Map.of()), StandardCharsets.UTF_8))
                .isEqualTo("{}");
    }

    @Test
    void aRuleForATranscoderThatIsNotThereIsFoundAtStart() {
        KaufmannConfig config =
                Samples.essentials().transcoderRules("topic:elixir=bare").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.transcoders(registry))
                .withMessage("No transcoder is named 'bare'. There are avro");
    }

    @Test
    void transcodersAreMadeOverTheServicesRegistry() {
        registry.register("event.x", SCHEMA.formatted("{\"name\": \"a\", \"type\": \"int\"}"));
        KaufmannConfig config = Samples.essentials()
                .transcoders(it ->
                        Transcoders.of(AvroTranscoder.builder(it).readLatest().build()))
                .build();

        assertThat(encode(config.transcoders(registry), Map.of("a", 1))).hasSize(6);
    }

    @Test
    void jsonNeedsNoRegistry() {
        KaufmannConfig.Builder withoutRegistry = KaufmannConfig.builder()
                .bootstrapServers("localhost:9092")
                .consumerGroup("greeter")
                .defaultTopic("rapids")
                .serviceName("greeter")
                .eventHandler(new SampleHandlers.Greeter());

        assertThat(withoutRegistry.transcoders("json").build().schemaRegistryUrl())
                .isEmpty();
        assertThat(Samples.essentials().transcoders("json").build().mayAskRegistry())
                .as("though it has the address of one")
                .isFalse();
        assertThat(Samples.essentials().transcoders("json", "bare").build().mayAskRegistry())
                .isTrue();
        assertThat(Samples.problems(withoutRegistry.transcoders("json", "bare")))
                .singleElement()
                .asString()
                .startsWith("kaufmann.schema.registry.url is missing. Write the http or https address");
    }

    @Test
    void localSchemasAreWrittenAndRead() throws IOException {
        Files.writeString(
                folder.resolve("event.x.avsc"),
                SCHEMA.formatted("{\"name\": \"a\", \"type\": \"long\"}, {\"name\": \"b\", \"type\": \"string\","
                        + " \"default\": \"none\"}"));
        registry.register("event.x", SCHEMA.formatted("{\"name\": \"a\", \"type\": \"int\"}"));
        byte[] old = encode(Samples.essentials().build().transcoders(registry), Map.of("a", 1));
        KaufmannConfig.Builder local = Samples.essentials()
                .schemaPath(List.of(folder))
                .readerSchema(ReaderSchema.LOCAL)
                .writerSchema(WriterSchema.LOCAL);

        Transcoder.Decoded decoded = local.build()
                .transcoders(registry)
                .decode(new Transcoder.Encoded(EventName.of("event.x"), "rapids", new RecordHeaders(), old));
        assertThat(decoded.payload().asMap()).isEqualTo(Map.of("a", 1L, "b", "none"));

        assertThat(catchEncode(local.build().transcoders(registry))).hasCauseInstanceOf(SchemaNotFoundException.class);
        encode(local.autoRegister(true).build().transcoders(registry), Map.of("a", 1));
        assertThat(registry.versions("event.x")).containsExactly(1, 2);
    }

    private static Throwable catchEncode(Transcoders transcoders) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(
                TranscodeException.class, () -> encode(transcoders, Map.of("a", 1)));
    }

    @Test
    void localSchemasNeedAFolder() {
        assertThat(Samples.problemsOf("kaufmann.reader.schema", "local", "kaufmann.writer.schema", "local"))
                .hasSize(2)
                .allMatch(problem ->
                        problem.endsWith("is local, and kaufmann.schema.path names no folder. Write the folders"
                                + " with the service's own schemas there"));
        assertThat(Samples.problemsOf("kaufmann.auto.register", "true"))
                .singleElement()
                .asString()
                .startsWith("kaufmann.auto.register is true, and kaufmann.writer.schema is not local");
        assertThat(Samples.problems(
                        Samples.essentials().eventNaming(EventNaming.record()).transcoders("json", "bare")))
                .singleElement()
                .asString()
                .startsWith("kaufmann.event.naming is record, and no format of kaufmann.transcoders tells the name");
    }

    @Test
    void aSettingThatNoFormatGoesByIsAMistake() {
        assertThat(Samples.problemsOf("kaufmann.json.schema.path", "schemas"))
                .containsExactly("kaufmann.json.schema.path is set, and kaufmann.transcoders does not name json, which"
                        + " alone goes by it. Name it there, or take the setting out; a transcoder that is made in code"
                        + " is told in code");
        assertThat(Samples.problemsOf("kaufmann.reader.schema", "latest", "kaufmann.transcoders", "bare"))
                .singleElement()
                .asString()
                .contains("kaufmann.reader.schema is set", "does not name avro");
        assertThat(Samples.problems(Samples.essentials()
                        .transcoders(Transcoders.of(JsonTranscoder.create()))
                        .jsonSchemaPath(List.of(folder))))
                .hasSize(1);
        assertThat(Samples.with("kaufmann.reader.schema", "writer", "kaufmann.transcoders", "json")
                        .readerSchema())
                .isEqualTo(ReaderSchema.WRITER);
    }

    @Test
    void theRegistrysTlsHasKafkasNames() {
        KaufmannConfig config = Samples.essentials()
                .environment(Map.of("KAUFMANN_SCHEMA_REGISTRY_SSL_TRUSTSTORE_TYPE", "PEM"))
                .registryTls("ssl.protocol", "TLSv1.3")
                .kafka("ssl.truststore.location", "/kafka.jks")
                .build();

        assertThat(config.registryProperties())
                .isEqualTo(Map.of("ssl.truststore.type", "PEM", "ssl.protocol", "TLSv1.3"));
        assertThat(config.consumerProperties()).doesNotContainKey("ssl.truststore.type");
        assertThat(Samples.problemsOf("kaufmann.schema.registry.ssl.trustore.location", "x"))
                .containsExactly(
                        "kaufmann.schema.registry.ssl.trustore.location is no setting that Kafka knows. Did you"
                                + " mean kaufmann.schema.registry.ssl.truststore.location?");
    }

    private static byte[] encode(Transcoders transcoders, Object payload) {
        return transcoders.encode(
                new Transcoder.Outgoing(
                        EventName.of("event.x"), "rapids", Optional.empty(), payload, new RecordHeaders()),
                Optional.empty());
    }
}
