package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationSourcesTest {

    private static final String[] ESSENTIALS = {
        "kaufmann.bootstrap.servers", "localhost:9092",
        "kaufmann.schema.registry.url", "http://localhost:8081",
        "kaufmann.consumer.group", "greeter",
        "kaufmann.default.topic", "rapids",
        "kaufmann.service.name", "greeter",
        "kaufmann.event.handler", Samples.HANDLER,
    };

    @TempDir
    Path folder;

    @Test
    void propertiesAreEnough() {
        KaufmannConfig config = KaufmannConfig.from(Samples.properties(ESSENTIALS));

        assertThat(config.eventHandler()).isInstanceOf(SampleHandlers.Greeter.class);
    }

    @Test
    void aFileIsEnough() throws IOException {
        StringBuilder text = new StringBuilder("# of the tëst\n");
        for (int i = 0; i < ESSENTIALS.length; i += 2) {
            text.append(ESSENTIALS[i]).append(" = ").append(ESSENTIALS[i + 1]).append("  \n");
        }
        text.append("kaufmann.service.id = größe\n");

        KaufmannConfig config = KaufmannConfig.from(file(text.toString()));

        assertThat(config.consumerGroup()).isEqualTo("greeter");
        assertThat(config.serviceId()).isEqualTo("größe");
    }

    @Test
    void theEnvironmentIsEnough() {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < ESSENTIALS.length; i += 2) {
            environment.put(ESSENTIALS[i].replace('.', '_').toUpperCase(Locale.ROOT), ESSENTIALS[i + 1]);
        }

        assertThat(KaufmannConfig.fromEnvironment(environment).defaultTopic()).isEqualTo("rapids");
    }

    @Test
    void theLastCallHolds() throws IOException {
        Path file = file("kaufmann.max.demand=1\nkaufmann.consumer.threads=1\nkafka.client.id=file");
        Map<String, String> environment = Map.of("KAUFMANN_MAX_DEMAND", "2", "KAUFMANN_KAFKA_CLIENT_ID", "environment");

        assertThat(Samples.essentials().file(file).environment(environment).build())
                .satisfies(config -> assertThat(config.maxDemand()).isEqualTo(2))
                .satisfies(config -> assertThat(config.consumerThreads()).isEqualTo(1))
                .satisfies(config -> assertThat(config.adminProperties()).containsEntry("client.id", "environment"));
        assertThat(Samples.essentials()
                        .environment(environment)
                        .file(file)
                        .build()
                        .maxDemand())
                .isEqualTo(1);
        assertThat(Samples.essentials().file(file).maxDemand(3).build().maxDemand())
                .isEqualTo(3);
        assertThat(Samples.essentials().maxDemand(3).file(file).build().maxDemand())
                .isEqualTo(1);
    }

    @Test
    void whatALaterCallReplacesIsNotJudged() {
        assertThat(Samples.essentials()
                        .properties(Samples.properties("kaufmann.max.demand", "many"))
                        .maxDemand(3)
                        .build()
                        .maxDemand())
                .isEqualTo(3);
    }

    @Test
    void problemsNameTheirSource() throws IOException {
        Path file = file("kaufmann.max.demand=many\nkaufmann.colour=blue");

        assertThat(Samples.problems(Samples.essentials()
                        .file(file)
                        .environment(Map.of("KAUFMANN_SHUTDOWN_HOOK", "no", "KAUFMANN_KAFKA_ACKS", "1"))))
                .satisfiesExactly(
                        colour -> assertThat(colour)
                                .startsWith("kaufmann.colour (in " + file + ") is no setting of Kaufmann"),
                        demand -> assertThat(demand).startsWith("kaufmann.max.demand (in " + file + "): 'many'"),
                        hook -> assertThat(hook)
                                .startsWith("kaufmann.shutdown.hook (from KAUFMANN_SHUTDOWN_HOOK): 'no'"),
                        acks -> assertThat(acks).startsWith("kafka.acks (from KAUFMANN_KAFKA_ACKS) is Kaufmann's own"));
    }

    @Test
    void aFileThatCannotBeReadIsAProblemAmongTheOthers() throws IOException {
        Path absent = folder.resolve("absent.properties");
        Path malformed = file("kaufmann.service.id=\\u00zz");

        assertThat(Samples.problems(
                        Samples.essentials().file(absent).file(malformed).maxDemand(0)))
                .satisfiesExactly(
                        first -> assertThat(first).contains("absent.properties cannot be read", "NoSuchFile"),
                        second -> assertThat(second).contains(malformed + " cannot be read", "Malformed"),
                        third -> assertThat(third).startsWith("kaufmann.max.demand"));
    }

    @Test
    void otherPeoplesPropertiesArePassedOver() {
        assertThatCode(() -> Samples.with("spring.x", "1", "kaufmannx.y", "2", "kafkaesque.z", "3"))
                .doesNotThrowAnyException();
    }

    @Test
    void propertiesMayHaveDefaultsAndNumbers() {
        Properties properties = new Properties(Samples.properties("kaufmann.max.demand", "7"));
        properties.put("kaufmann.consumer.threads", 3);
        KaufmannConfig config = Samples.essentials().properties(properties).build();

        assertThat(config.maxDemand()).isEqualTo(7);
        assertThat(config.consumerThreads()).isEqualTo(3);
    }

    @Test
    void passwordsKeepTheirBlanks() {
        assertThat(Samples.with("kaufmann.schema.registry.user", " ada ", "kaufmann.schema.registry.password", " x ")
                        .registryPassword())
                .contains(" x ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KAUFMANN_SERVICE_HOST",
                "KAUFMANN_SERVICE_PORT",
                "KAUFMANN_SERVICE_PORT_HTTP",
                "KAUFMANN_PORT",
                "KAUFMANN_PORT_8080_TCP",
                "KAUFMANN_PORT_8080_TCP_PROTO",
                "KAUFMANN_PORT_8080_TCP_PORT",
                "KAUFMANN_PORT_8080_TCP_ADDR",
                "KAUFMANN_KAFKA_SERVICE_HOST",
                "KAUFMANN_KAFKA_PORT_9092_TCP_ADDR",
                "KAUFMANN_MAX_DEMAND_SERVICE_HOST",
                "KAUFMANN_HOME",
                "KAUFMANN_OPTS",
                "KAUFMANN_IMAGE_VERSION",
                "OTHER_MAX_DEMAND",
                "KAUFMANNS_MAX_DEMAND",
            })
    void variablesOfOthersDoNotStopTheStart(String variable) {
        assertThatCode(() -> Samples.essentials()
                        .environment(Map.of(variable, "tcp://10.0.0.11:8080"))
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void aMistypedVariableStopsTheStart() {
        assertThat(Samples.problems(Samples.essentials().environment(Map.of("KAUFMANN_MAX_DEMNAD", "5"))))
                .containsExactly("KAUFMANN_MAX_DEMNAD is no setting of Kaufmann. Did you mean KAUFMANN_MAX_DEMAND?");
    }

    @Test
    void aBlankVariableIsNotSet() {
        KaufmannConfig config = Samples.essentials()
                .maxDemand(7)
                .environment(Map.of("KAUFMANN_MAX_DEMAND", " ", "KAUFMANN_KAFKA_CLIENT_ID", ""))
                .build();

        assertThat(config.maxDemand()).isEqualTo(7);
        assertThat(config.consumerProperties()).doesNotContainKey("client.id");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("greeter.properties"), text);
    }
}
