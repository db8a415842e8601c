package io.kaufmann.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kaufmann.testing.RawHttp;
import java.io.IOException;
import java.util.Locale;
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
    void readsASchemaByItsGuidWhereThereAreGuids() throws IOException {
        RegisteredSchema registered = registry().register(subject("a"), record(field("x", INT)));
        String answer = new RawHttp(url())
                .send("GET", "/schemas/ids/" + registered.id(), "")
                .body();
        String guid = new JsonMapper().readTree(answer).path("guid").asText();
        assumeThat(guid).as("this registry's GUID").isNotEmpty();

        RegisteredSchema read = registry().byGuid(guid.toUpperCase(Locale.ROOT));

        assertThat(read.schema()).isEqualTo(registered.schema());
        assertThat(read.subject()).isEmpty();
        assertThat(read.version()).isEmpty();
        assertThat(read.id()).isIn(RegisteredSchema.NO_ID, registered.id());
    }
}
