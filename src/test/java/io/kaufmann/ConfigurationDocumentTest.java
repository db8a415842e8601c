package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {

    private static final Path DOCUMENT =
            Path.of(System.getProperty("kaufmann.test.basedir", "."), "docs", "configuration.md");

    @Test
    void saysWhatTheTableSays() throws IOException {
        if (Boolean.getBoolean("kaufmann.docs.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, ConfigurationDocument.text());
        }

        assertThat(Files.readString(DOCUMENT))
                .as("docs/configuration.md; with -Dkaufmann.docs.write=true this test writes it anew")
                .isEqualTo(ConfigurationDocument.text());
    }

    @Test
    void hasACounterpartForEachKeyOfKaufmannEx() {
        List<String> keys = List.of(
                "consumer_group",
                "default_topic",
                "default_topics",
                "subscription_topics",
                "default_publish_topic",
                "event_handler_mod",
                "producer_mod",
                "schema_path",
                "schema_registry_uri",
                "service_name",
                "service_id",
                "max_demand",
                "stages",
                "partition_strategy",
                "topic_strategy",
                "schema_cache_expires_in_ms",
                "commit_strategy",
                "transcoder",
                "metadata_mod",
                "gen_consumer_mod",
                "brokers",
                "sync_timeout",
                "commit_interval",
                "commit_threshold",
                "heartbeat_interval",
                "auto_offset_reset",
                "fetch_options");

        assertThat(KaufmannExKeys.all()).containsOnlyKeys(keys);
    }
}
