package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import io.kaufmann.publish.CallbackTopics;
import io.kaufmann.telemetry.LoggingTelemetry;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.micrometer.MicrometerTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KaufmannConfigTest {

    @Test
    void isMadeOfTheEssentialSettingsAlone() {
        EventHandler handler = event -> Result.noReply();
        KaufmannConfig config = KaufmannConfig.builder()
                .bootstrapServers("localhost:9092")
                .schemaRegistryUrl("http://localhost:8081")
                .consumerGroup("greeter")
                .defaultTopic("rapids")
                .serviceName("greeter")
                .eventHandler(handler)
                .build();

        assertThat(config.bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(config.eventHandler()).isSameAs(handler);
        assertThat(config.serviceId()).isNotBlank();
        assertThat(config.maxDemand()).isEqualTo(50);
        assertThat(config.consumerThreads()).isEqualTo(1);
        assertThat(config.autoOffsetReset()).isEqualTo(OffsetReset.LATEST);
        assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.startTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.shutdownHook()).isTrue();
        assertThat(config.maxInFlightEvents()).isEqualTo(10_000);
        assertThat(config.maxInFlightBytes()).isEqualTo(67_108_864);
        assertThat(config.maxUncommitted()).isEqualTo(100_000);
        assertThat(config.commitInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.commitThreshold()).isEqualTo(10_000);
        assertThat(config.commitStrategy()).isEqualTo(CommitStrategy.ASYNC);
        assertThat(config.schemaPath()).isEmpty();
        assertThat(config.schemaCacheExpires()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.registryUser()).isEmpty();
        assertThat(config.registryPassword()).isEmpty();
        assertThat(config.metaSource()).isEmpty();
        assertThat(config.transcoderRules()).isEmpty();
        assertThat(config.eventNaming()).isEqualTo(EventNaming.key());
        assertThat(config.readerSchema()).isEqualTo(ReaderSchema.WRITER);
        assertThat(config.writerSchema()).isEqualTo(WriterSchema.LATEST);
        assertThat(config.autoRegister()).isFalse();
        assertThat(config.jsonSchemaPath()).isEmpty();
        assertThat(config.registryToken()).isEmpty();
        assertThat(config.registryProperties()).isEmpty();
        assertThat(config.telemetry()).isEmpty();
        assertThat(config.errorFormat().apply(new Error("x"))).isEqualTo("java.lang.Error: x");
    }

    @Test
    void topicsFollowTheDefaultTopic() {
        KaufmannConfig config = Samples.essentials().build();

        assertThat(config.defaultTopics()).containsExactly("rapids");
        assertThat(config.subscriptionTopics()).containsExactly("rapids");
        assertThat(config.defaultPublishTopic()).isEqualTo("rapids");
        assertThat(config.callbackTopics()).isEqualTo(CallbackTopics.of("rapids"));
    }

    @Test
    void subscriptionFollowsTheDefaultTopics() {
        KaufmannConfig config =
                Samples.essentials().defaultTopics("a", "b", "a").build();

        assertThat(config.subscriptionTopics()).containsExactly("a", "b");
    }

    @Test
    void callbacksGoToNoOtherTopicThanTheServicesOwnUnlessItSaysSo() {
        KaufmannConfig config = Samples.essentials()
                .subscriptionTopics("in", "__strange")
                .defaultPublishTopic("out")
                .build();

        assertThat(config.callbackTopics()).isEqualTo(CallbackTopics.of("in", "out", "rapids"));
        assertThat(config.callbackTopics().allows("elsewhere")).isFalse();
        assertThat(Samples.with("kaufmann.callback.topics", "*")
                        .callbackTopics()
                        .allows("elsewhere"))
                .isTrue();
    }

    @Test
    void doesNotChangeWithWhatItWasMadeOf() {
        List<String> topics = new ArrayList<>(List.of("a"));
        KaufmannConfig.Builder builder = Samples.essentials().subscriptionTopics(topics);
        KaufmannConfig config = builder.build();
        topics.add("b");
        builder.maxDemand(7).kafka("client.id", "other");

        assertThat(config.subscriptionTopics()).containsExactly("a");
        assertThat(config.maxDemand()).isEqualTo(50);
        assertThat(config.consumerProperties()).doesNotContainKey("client.id");
        assertThat(builder.build().maxDemand()).isEqualTo(7);
        assertThatThrownBy(() -> config.subscriptionTopics().add("c"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> config.consumerProperties().put("c", ""))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void namesStrategiesAsKaufmannExDoes() {
        assertThat(Samples.with("kaufmann.topic.strategy", "event_namespace", "kaufmann.partition.strategy", "MD5"))
                .asString()
                .contains("kaufmann.topic.strategy=event_namespace", "kaufmann.partition.strategy=MD5");
    }

    @Test
    void telemetryHasNamesAndThereMayBeSeveral() {
        assertThat(telemetry("none")).containsSame(Telemetry.NONE);
        assertThat(telemetry("Micrometer").orElseThrow()).isInstanceOf(MicrometerTelemetry.class);
        assertThat(telemetry("logging").orElseThrow()).isInstanceOf(LoggingTelemetry.class);
        assertThat(telemetry("micrometer, logging").orElseThrow())
                .hasToString(MicrometerTelemetry.class.getName() + "," + LoggingTelemetry.class.getName());
    }

    private static Optional<Telemetry> telemetry(String text) {
        return Samples.with("kaufmann.telemetry", text).telemetry();
    }

    @Test
    void aClassIsMadeForEachConfigurationOfItsOwn() {
        KaufmannConfig.Builder builder =
                Samples.essentials().properties(Samples.properties("kaufmann.event.handler", Samples.HANDLER));

        assertThat(builder.build().eventHandler()).isNotSameAs(builder.build().eventHandler());
    }

    @Test
    void aNullIsAProblemAmongTheOthers() {
        assertThat(Samples.problems(Samples.essentials()
                        .bootstrapServers(null)
                        .subscriptionTopics(Arrays.asList("a", null))
                        .kafkaConsumer("client.id", null)))
                .containsExactly(
                        "kaufmann.bootstrap.servers was given null. Give it a value or leave it out",
                        "kaufmann.subscription.topics was given null. Give it a value or leave it out",
                        "kafka.consumer.client.id was given null. Give it a value or leave it out");
    }
}
