package io.kaufmann.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.testing.RawHttp;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract over HTTP, and what only a registry at an address can do. */
abstract class HttpRegistryContract extends RegistryContract {

    private HttpSchemaRegistry client;

    /** The base URL of the registry to test. */
    abstract String url();

    @Override
    final HttpSchemaRegistry registry() {
        if (client == null) {
            client = HttpSchemaRegistry.of(url());
        }
        return client;
    }

    @Override
    final void level(String subject, CompatibilityLevel level) {
        RawHttp raw = new RawHttp(url());
        assertThat(raw.send("PUT", "/config/" + subject, "{\"compatibility\":\"" + level + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Override
    final RegisteredSchema register(String subject, String schema, List<SchemaReference> references) {
        return registry().register(subject, schema, references);
    }

    @Test
    void takesABaseUrlWithSlashesAtTheEnd() {
        RegisteredSchema registered = registry().register(subject("a"), record(field("x", INT)));

        assertThat(HttpSchemaRegistry.of(url() + "//").latest(subject("a"))).isEqualTo(registered);
    }

    @Test
    void aWrongPathIsNotASchemaThatIsMissing() {
        HttpSchemaRegistry lost = HttpSchemaRegistry.of(url() + "/wrong/path");

        assertThatThrownBy(() -> lost.byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("kaufmann.schema.registry.url")
                .hasMessageContaining("/wrong/path");
        assertThatThrownBy(() -> lost.latest("order.placed")).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(lost::subjects).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> lost.register("order.placed", record()))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void aDeletedSubjectIsGoneButItsIdsStayReadable() {
        RegisteredSchema registered = registry().register(subject("a"), record(field("x", INT)));

        assertThat(new RawHttp(url())
                        .send("DELETE", "/subjects/" + subject("a"), "")
                        .statusCode())
                .isEqualTo(200);

        assertThatThrownBy(() -> registry().latest(subject("a"))).isInstanceOf(SchemaNotFoundException.class);
        assertThat(registry().subjects()).doesNotContain(subject("a"));
        assertThat(registry().byId(registered.id()).schema()).isEqualTo(registered.schema());
    }

    @Test
    void aDeletedVersionIsGone() {
        registry().register(subject("a"), record(field("x", INT)));
        RegisteredSchema second =
                registry().register(subject("a"), record("{\"name\":\"x\",\"type\":\"int\",\"default\":1}"));

        assertThat(new RawHttp(url())
                        .send("DELETE", "/subjects/" + subject("a") + "/versions/1", "")
                        .statusCode())
                .isEqualTo(200);

        assertThat(registry().versions(subject("a"))).containsExactly(2);
        assertThat(registry().latest(subject("a"))).isEqualTo(second);
        assertThatThrownBy(() -> registry().version(subject("a"), 1)).isInstanceOf(SchemaNotFoundException.class);
    }
}
