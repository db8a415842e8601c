package io.kaufmann.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kaufmann.testing.DevelopmentRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To whom credentials are given, and to whom they are not. */
@Timeout(60)
class HttpSchemaRegistryCredentialsTest {

    private final DevelopmentRegistry registry = DevelopmentRegistry.start();

    @AfterEach
    void close() {
        registry.close();
    }

    private HttpSchemaRegistryBuilder client() {
        return HttpSchemaRegistry.builder(registry.url()).attempts(1).backOff(Duration.ofMillis(1));
    }

    @Test
    void logsInWithAUserAndPassword() {
        registry.requireBasic("us", "s3cr3t");

        assertThat(client().credentials("us", "s3cr3t").build().subjects()).isEmpty();
        Throwable refused =
                catchThrowable(() -> client().credentials("us", "wr0ng").build().subjects());

        assertThat(refused).isInstanceOf(RegistryUnavailableException.class).hasMessageContaining("401");
        assertThat(refused.getMessage()).doesNotContain("wr0ng", "us:");
    }

    @Test
    void logsInWithAToken() {
        registry.requireBearer("t0ken");

        assertThat(client().bearerToken("t0ken").build().subjects()).isEmpty();
        Throwable refused =
                catchThrowable(() -> client().bearerToken("0ther").build().subjects());

        assertThat(refused).isInstanceOf(RegistryUnavailableException.class).hasMessageContaining("401");
        assertThat(refused.getMessage()).doesNotContain("0ther");
        assertThat(client().bearerToken("t0ken").build().toString()).doesNotContain("t0ken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "line\nbreak", "t\u00f6ken", "\0"})
    void refusesATokenThatCannotBeSentWithoutRepeatingIt(String token) {
        Throwable refused = catchThrowable(() -> client().bearerToken(token));

        assertThat(refused).isInstanceOf(IllegalArgumentException.class);
        assertThat(refused.getMessage()).doesNotContain("words", "break", "ken\u00f6");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void goesNowhereThatTheRegistryPointsTo(int status) {
        registry.contents().register("a", "\"int\"");
        try (StubRegistry pointing = new StubRegistry()) {
            for (int i = 0; i < 2; i++) {
                pointing.then(exchange -> {
                    exchange.getResponseHeaders().set("Location", registry.url() + exchange.getRequestURI());
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
            }
            HttpSchemaRegistry client = HttpSchemaRegistry.builder(pointing.url())
                    .bearerToken("t0ken")
                    .build();

            // Whoever asks the other one without credentials is let in; this client does not ask it at all.
            assertThatThrownBy(() -> client.latest("a"))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining(String.valueOf(status))
                    .hasMessageContaining("'" + registry.url())
                    .message()
                    .doesNotContain("t0ken");
            assertThatThrownBy(() -> client.register("b", "\"int\"")).isInstanceOf(RegistryUnavailableException.class);
            assertThat(registry.contents().subjects()).containsExactly("a");
            assertThat(pointing.received())
                    .hasSize(2)
                    .allMatch(request -> request.authorization().equals("Bearer t0ken"));
        }
    }
}
