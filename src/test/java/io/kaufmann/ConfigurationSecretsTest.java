package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P11: no secret reaches a log or an exception. */
class ConfigurationSecretsTest {

    private static final String SECRET = "hunter2";

    @Test
    void toStringShowsSettingsByKey() {
        assertThat(Samples.essentials()
                        .kafkaConsumer("client.id", "reader")
                        .schemaPath()
                        .build())
                .asString()
                .startsWith("KaufmannConfig[kaufmann.bootstrap.servers=localhost:9092, ")
                .contains(
                        "kaufmann.max.demand=50, ",
                        "kaufmann.max.in.flight.bytes=64MiB, ",
                        "kaufmann.drain.timeout=20s")
                .contains("kaufmann.event.handler=" + Samples.HANDLER)
                .contains("kaufmann.topic.strategy=default", "kaufmann.auto.offset.reset=latest")
                .contains("kafka.consumer.client.id=reader");
    }

    @Test
    void toStringShowsNoSecret() {
        KaufmannConfig config = Samples.essentials()
                .registryUser("ada")
                .registryPassword(SECRET)
                .kafka("sasl.jaas.config", "x required username=\"ada\" password=\"" + SECRET + "\";")
                .kafka("ssl.keystore.password", SECRET)
                .kafka("sasl.oauthbearer.client.credentials.client.secret", SECRET)
                .kafka("interceptor.classes", "com.example.Audit")
                .kafka("audit.api.key", SECRET)
                .kafka("audit.AUTH.TOKEN", SECRET)
                .kafka("audit.url", "https://ada:" + SECRET + "@example.org/?a=b")
                .kafka("audit.other.url", "https://example.org/?token=" + SECRET + "&a=b")
                .build();

        assertThat(config.toString())
                .doesNotContain(SECRET)
                .contains("kaufmann.schema.registry.user=ada", "kaufmann.schema.registry.password=***")
                .contains("kafka.sasl.jaas.config=***", "kafka.ssl.keystore.password=***")
                .contains("kafka.audit.url=https://***@example.org/?a=b")
                .contains("kafka.audit.other.url=https://example.org/?token=***&a=b");
        assertThat(config.registryPassword()).contains(SECRET);
    }

    @Test
    void aPrintedMapShowsNoPasswordOfKafkas() {
        KaufmannConfig config = Samples.with("kafka.ssl.keystore.password", SECRET, "kafka.sasl.jaas.config", SECRET);

        assertThat(config.consumerProperties().toString()).doesNotContain(SECRET);
        assertThat(config.producerProperties().toString()).doesNotContain(SECRET);
        assertThat(config.adminProperties().toString()).doesNotContain(SECRET);
    }

    static Stream<String> passwordsOfKafkas() {
        return Stream.of(KafkaClient.CONSUMER, KafkaClient.PRODUCER, KafkaClient.ADMIN)
                .flatMap(client -> client.names().stream()
                        .filter(name -> client.key(name).orElseThrow().type == ConfigDef.Type.PASSWORD))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("passwordsOfKafkas")
    void whatKafkaTakesForAPasswordIsOne(String name) {
        assertThat(Samples.with("kafka." + name, SECRET).toString()).doesNotContain(SECRET);
    }

    @Test
    void messagesQuoteNoSecret() {
        assertThat(Samples.problemsOf(
                        "kaufmann.schema.registry.pasword", SECRET,
                        "kaufmann.schema.registry.password", SECRET,
                        "kaufmann.schema.registry.url", "http://ada:" + SECRET + " x/@local host",
                        "kaufmann.bootstrap.servers", "ada:" + SECRET + "@localhost:9092,ada:" + SECRET + "@x",
                        "kafka.ssl.keystore.pasword", SECRET,
                        "kafka.sasl.jaas.confg", SECRET,
                        "kafka.client.dns.lookup", "https://ada:" + SECRET + "@localhost"))
                .hasSize(7)
                .noneMatch(problem -> problem.contains(SECRET));
    }

    @Test
    void aUserMayStandInTheRegistrysAddressButIsNotShown() {
        String address = "https://ada:" + SECRET + "@localhost:8081";
        KaufmannConfig config = Samples.with("kaufmann.schema.registry.url", address);

        assertThat(config.schemaRegistryUrl()).contains(address);
        assertThat(config.toString())
                .contains("kaufmann.schema.registry.url=https://***@localhost:8081")
                .doesNotContain(SECRET);
        assertThat(Samples.essentials().schemaRegistryUrl(address).build().toString())
                .doesNotContain(SECRET);
    }

    @Test
    void thereIsOneUserAtTheRegistry() {
        assertThat(Samples.problems(Samples.essentials()
                        .schemaRegistryUrl("https://ada:" + SECRET + "@localhost")
                        .registryUser("eve")
                        .registryPassword(SECRET)))
                .containsExactly("kaufmann.schema.registry.user is set, and there is a user in"
                        + " kaufmann.schema.registry.url too. Take one of them out");
    }

    @Test
    void oneOfSeveralAddressesMayHoldAUserThatIsNotShown() {
        String addresses = "http://a:8081,https://ada:" + SECRET + "@b:8081";

        assertThat(Samples.with("kaufmann.schema.registry.url", addresses).toString())
                .doesNotContain(SECRET);
        assertThat(Samples.problems(
                        Samples.essentials().schemaRegistryUrl(addresses).registryToken(SECRET)))
                .containsExactly("kaufmann.schema.registry.token is set, and a user is too. Take one of them out");
        assertThat(Samples.problemsOf("kaufmann.schema.registry.url", "https://ada:" + SECRET + ",x@b:8081"))
                .singleElement()
                .asString()
                .doesNotContain(SECRET);
    }

    @Test
    void theRegistrysTokenAndTlsPasswordsAreNotShown() {
        KaufmannConfig config = Samples.essentials()
                .registryToken(SECRET)
                .registryTls("ssl.keystore.password", SECRET)
                .build();

        assertThat(config.registryToken()).contains(SECRET);
        assertThat(config.toString()).doesNotContain(SECRET);
        assertThat(config.registryProperties().toString()).doesNotContain(SECRET);
    }

    @Test
    void anObjectsOwnWordsAreNotShown() {
        assertThat(Samples.essentials().build().toString()).doesNotContain(SECRET);
    }

    @Test
    void userAndPasswordGoTogether() {
        assertThat(Samples.problems(Samples.essentials().registryUser("ada")))
                .containsExactly("kaufmann.schema.registry.password is missing, and kaufmann.schema.registry.user is of"
                        + " no use without it. Set both or none");
        assertThat(Samples.problems(
                        Samples.essentials().environment(Map.of("KAUFMANN_SCHEMA_REGISTRY_PASSWORD", SECRET))))
                .singleElement()
                .asString()
                .startsWith("kaufmann.schema.registry.user is missing")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u001b[31mb", "x,y\r\n2026-01-01 INFO all is well"})
    void aValueCannotForgeALogLine(String value) {
        assertThat(Samples.problemsOf("kaufmann.default.topic", value, "kaufmann.a\nb", value))
                .hasSize(2)
                .noneMatch(problem -> problem.chars().anyMatch(Character::isISOControl));
    }

    @Test
    void aLongValueIsCut() {
        assertThat(Samples.problemsOf("kaufmann.default.topic", "x".repeat(5_000)))
                .singleElement()
                .asString()
                .hasSizeLessThan(500);
    }
}
