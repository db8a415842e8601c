package io.kaufmann.schema;

import static io.kaufmann.schema.StubRegistry.INT_SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.testing.DevelopmentRegistry;
import io.kaufmann.testing.InMemorySchemaRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One registry at two addresses, of which one or the other is down. */
@Timeout(60)
class HttpSchemaRegistryFailoverTest {

    private final InMemorySchemaRegistry contents = new InMemorySchemaRegistry();
    private final DevelopmentRegistry one = DevelopmentRegistry.start(0, contents);
    private final DevelopmentRegistry two = DevelopmentRegistry.start(0, contents);
    private final HttpSchemaRegistry registry = quick(one.url() + ", " + two.url());

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private static HttpSchemaRegistry quick(String urls) {
        return HttpSchemaRegistry.builder(urls)
                .attempts(2)
                .backOff(Duration.ofMillis(1))
                .build();
    }

    @Test
    void goesOnWithTheOtherWhenOneStopsAndComesBack() {
        RegisteredSchema registered = registry.register("a", "\"int\"");

        for (int i = 0; i < 3; i++) {
            one.stop();
            assertThat(registry.latest("a")).isEqualTo(registered);
            one.restart();
            two.stop();
            assertThat(registry.latest("a")).isEqualTo(registered);
            two.restart();
        }
        assertThat(registry.location()).isEqualTo(one.url() + ", " + two.url());
    }

    @Test
    void goesOnWithTheOtherWhenOneAnswers503() {
        contents.register("a", "\"int\"");
        one.pause();

        assertThat(registry.latest("a").version()).hasValue(1);
    }

    @Test
    void namesEachWithItsReasonWhenAllAreDown() {
        one.stop();
        two.pause();

        assertThatThrownBy(() -> registry.latest("a"))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("latest version of subject 'a'")
                .hasMessageContaining(one.url() + ": not reached, ConnectException")
                .hasMessageContaining(two.url() + ": it answered 503 (503: 'The development registry is paused')")
                .hasMessageContaining("2 attempts");
    }

    @Test
    void asksFirstWhichAnsweredLast() {
        try (StubRegistry first = new StubRegistry();
                StubRegistry second = new StubRegistry()) {
            first.thenError(500, 50001);
            second.then(200, INT_SCHEMA).then(200, INT_SCHEMA).then(200, INT_SCHEMA);
            HttpSchemaRegistry both = HttpSchemaRegistry.builder(List.of(first.url(), second.url()))
                    .build();

            both.byId(1);
            both.byId(2);
            both.byId(3);

            assertThat(first.lines()).containsExactly("GET /schemas/ids/1");
            assertThat(second.lines()).hasSize(3);
        }
    }

    @Test
    void asksAllInEachRoundAndNoneTwice() {
        try (StubRegistry first = new StubRegistry();
                StubRegistry second = new StubRegistry()) {
            first.thenError(500, 50001).thenError(500, 50001);
            second.thenError(429, 42901).thenError(503, 50301);

            assertThatThrownBy(() -> quick(first.url() + "," + second.url()).byId(1))
                    .isInstanceOf(RegistryUnavailableException.class);

            assertThat(first.lines()).hasSize(2);
            assertThat(second.lines()).hasSize(2);
        }
    }

    @Test
    void asksTheThirdWhenTwoHang() {
        try (StubRegistry first = new StubRegistry();
                StubRegistry second = new StubRegistry();
                StubRegistry third = new StubRegistry()) {
            first.thenHang();
            second.thenHang();
            third.then(200, INT_SCHEMA).then(200, INT_SCHEMA);
            HttpSchemaRegistry all = HttpSchemaRegistry.builder(List.of(first.url(), second.url(), third.url()))
                    .requestTimeout(Duration.ofMillis(1_500))
                    .totalTimeout(Duration.ofSeconds(3))
                    .build();

            all.byId(1);
            all.byId(2);

            assertThat(third.lines()).containsExactly("GET /schemas/ids/1", "GET /schemas/ids/2");
            assertThat(second.lines()).hasSize(1);
        }
    }

    @Test
    void takesARefusalForTheRegistrysAnswer() {
        try (StubRegistry first = new StubRegistry();
                StubRegistry second = new StubRegistry()) {
            first.thenError(404, 40403).thenError(401, 401).thenError(409, 409);
            HttpSchemaRegistry both = quick(first.url() + "," + second.url());

            assertThatThrownBy(() -> both.byId(1))
                    .isInstanceOf(SchemaNotFoundException.class)
                    .hasMessageContaining(first.url())
                    .message()
                    .doesNotContain(second.url());
            assertThatThrownBy(() -> both.byId(1)).isInstanceOf(RegistryUnavailableException.class);
            assertThatThrownBy(() -> both.byId(1)).isInstanceOf(SchemaRejectedException.class);
            assertThat(second.received()).isEmpty();
        }
    }

    @Test
    void givesTheCredentialsOfAUrlToThatOneOnly() {
        try (StubRegistry first = new StubRegistry();
                StubRegistry second = new StubRegistry()) {
            first.thenError(500, 50001);
            second.then(200, INT_SCHEMA);

            quick("http://us:p%40ss@" + first.hostAndPort() + "/path," + second.url() + "/other/path/")
                    .byId(1);

            assertThat(first.lines()).containsExactly("GET /path/schemas/ids/1");
            assertThat(first.received().get(0).authorization()).isEqualTo("Basic dXM6cEBzcw==");
            assertThat(second.lines()).containsExactly("GET /other/path/schemas/ids/1");
            assertThat(second.received().get(0).authorization()).isEqualTo("null");
        }
    }

    @Test
    void refusesAListWithoutUrls() {
        assertThatThrownBy(() -> HttpSchemaRegistry.builder(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one or more");
    }
}
