package io.kaufmann.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://registry:8081,http://registry:8081",
        "HTTP://registry:8081/,http://registry:8081",
        "https://registry.example,https://registry.example",
        "' http://registry/apis/ccompat/v7// ',http://registry/apis/ccompat/v7",
        "http://user:secret@registry:8081/path/,http://registry:8081/path",
        "http://[::1]:8081,http://[::1]:8081",
    })
    void keepsWhatMayBeShown(String text, String location) {
        assertThat(RegistryUrl.parse(text).location()).isEqualTo(location);
        assertThat(RegistryUrl.parse(text)).hasToString(location);
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:secret@registry,user:secret",
        "http://user:a%3Ab%40c+d%25@registry,user:a:b@c+d%",
        "http://user:a:b@registry,user:a:b",
        "http://us%20er@registry,us er:",
    })
    void takesTheCredentialsOut(String text, String credentials) {
        String value = RegistryUrl.parse(text).authorization().orElseThrow();

        assertThat(value).startsWith("Basic ");
        byte[] decoded = Base64.getDecoder().decode(value.substring("Basic ".length()));
        assertThat(new String(decoded, StandardCharsets.UTF_8)).isEqualTo(credentials);
    }

    @Test
    void hasNoCredentialsWhereThereAreNone() {
        assertThat(RegistryUrl.parse("http://registry").authorization()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "registry:8081",
                "ftp://user:s3cr3t@registry",
                "http://user:s3cr3t@registry:65536",
                "http://",
                "http://user:s3cr3t@",
                "http://user:s3cr3t#1@registry:8081",
                "http://user:s3cr3t[1@registry:8081",
                "http://user:s3 cr3t@registry:8081",
                "http://user:s3cr3t%zz@registry:8081",
                "http://user:s3cr3t@schema_registry:8081",
                "http://user:s3cr3t@one:8081,http://user:s3cr3t@",
                "http://user:s3cr3t@one:8081,user:s3cr3t@two:8081",
                "http://registry:8081?token=s3cr3t",
                "http://registry:8081#s3cr3t",
            })
    void refusesWhatCannotBeUsedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> HttpSchemaRegistry.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContaining("Write http://host:port")
                .message()
                .doesNotContain("s3cr3t", "cr3t");
    }
}
