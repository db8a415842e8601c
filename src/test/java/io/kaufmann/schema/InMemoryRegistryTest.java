package io.kaufmann.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.testing.DevelopmentRegistry;
import io.kaufmann.testing.InMemorySchemaRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryRegistryTest extends RegistryContract {

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    @Override
    SchemaRegistry registry() {
        return registry;
    }

    @Test
    void takesOneVersionOfATypeThatIsReferredToByTwoWays() {
        String area = "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[{\"name\":\"at\",\"type\":\"Address\"}%s]}";
        String address = "{\"type\":\"record\",\"name\":\"Address\",\"fields\":[%s]}";
        registry.register("address", String.format(address, ""));
        registry.register("address", String.format(address, "{\"name\":\"zip\",\"type\":\"int\",\"default\":0}"));
        registry.register("a", String.format(area, "A", ""), List.of(new SchemaReference("Address", "address", 1)));
        registry.register("b", String.format(area, "B", ""), List.of(new SchemaReference("Address", "address", 2)));
        String both = String.format(area, "C", ",{\"name\":\"a\",\"type\":\"A\"},{\"name\":\"b\",\"type\":\"B\"}");
        List<SchemaReference> references = List.of(new SchemaReference("A", "a", 1), new SchemaReference("B", "b", 1));

        RegisteredSchema registered = registry.register("c", both, references);

        assertThat(registered.schema().getField("at").schema().getFields()).isEmpty();
        try (DevelopmentRegistry http = DevelopmentRegistry.start(0, registry)) {
            assertThat(HttpSchemaRegistry.of(http.url()).byId(registered.id()).schema())
                    .isEqualTo(registered.schema());
        }
    }
}
