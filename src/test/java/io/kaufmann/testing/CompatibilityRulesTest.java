package io.kaufmann.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.schema.CompatibilityLevel;
import io.kaufmann.schema.SchemaRejectedException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityRulesTest {

    private static final String X = "{\"name\":\"x\",\"type\":\"int\"}";
    private static final String Y = "{\"name\":\"y\",\"type\":\"int\"}";
    private static final String Y_DEFAULT = "{\"name\":\"y\",\"type\":\"int\",\"default\":0}";

    private static final Map<String, String> SCHEMAS =
            Map.of("x", record(X), "x,y", record(X, Y), "x,y=0", record(X, Y_DEFAULT));

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    private static String record(String... fields) {
        return "{\"type\":\"record\",\"name\":\"A\",\"fields\":[" + String.join(",", fields) + "]}";
    }

    // One or two versions, then the next: whether each level takes it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NONE                | x     |       | x,y   | true
            BACKWARD            | x     |       | x,y   | false
            BACKWARD            | x     |       | x,y=0 | true
            BACKWARD            | x,y   |       | x     | true
            FORWARD             | x     |       | x,y   | true
            FORWARD             | x,y   |       | x     | false
            FORWARD             | x,y=0 |       | x     | true
            FULL                | x     |       | x,y   | false
            FULL                | x,y   |       | x     | false
            FULL                | x     |       | x,y=0 | true
            BACKWARD            | x     | x,y=0 | x,y   | true
            BACKWARD_TRANSITIVE | x     | x,y=0 | x,y   | false
            FORWARD             | x,y   | x,y=0 | x     | true
            FORWARD_TRANSITIVE  | x,y   | x,y=0 | x     | false
            FULL                | x     | x,y=0 | x,y   | true
            FULL_TRANSITIVE     | x     | x,y=0 | x,y   | false
            """)
    void eachLevelAsksWhatItsNameSays(
            CompatibilityLevel level, String first, String second, String next, boolean compatible) {
        registry.compatibility("a", CompatibilityLevel.NONE);
        registry.register("a", SCHEMAS.get(first));
        if (second != null) {
            registry.register("a", SCHEMAS.get(second));
        }
        registry.compatibility("a", level);

        assertThat(registry.checkCompatibility("a", SCHEMAS.get(next)).compatible())
                .isEqualTo(compatible);
        assertThat(isRegistered(SCHEMAS.get(next))).isEqualTo(compatible);
    }

    private boolean isRegistered(String schema) {
        try {
            registry.register("a", schema);
            return true;
        } catch (SchemaRejectedException e) {
            return false;
        }
    }
}
