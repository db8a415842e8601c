package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.handler.Result;
import org.junit.jupiter.api.Test;

class KaufmannConfigTest {

    @Test
    void isMadeOfTheEssentialSettingsAlone() {
        KaufmannConfig config = KaufmannConfig.builder()
                .bootstrapServers("localhost:9092")
                .schemaRegistryUrl("http://localhost:8081")
                .consumerGroup("greeter")
                .defaultTopic("rapids")
                .serviceName("greeter")
                .eventHandler(event -> Result.noReply())
                .build();

        assertThat(config.defaultTopics()).containsExactly("rapids");
        assertThat(config.subscriptionTopics()).containsExactly("rapids");
        assertThat(config.defaultPublishTopic()).isEqualTo("rapids");
        assertThat(config.maxDemand()).isEqualTo(50);
    }

    @Test
    void namesEverythingThatIsMissing() {
        assertThatThrownBy(() -> KaufmannConfig.builder().build())
                .isInstanceOfSatisfying(ConfigurationException.class, e -> {
                    assertThat(e.problems()).hasSize(6);
                });
    }
}
