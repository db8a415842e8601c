package io.kaufmann.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.event.Event;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.health.State;
import io.kaufmann.publish.Publication;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What users test whole services with. */
class KaufmannTestClusterIT {

    @Test
    void aWholeServiceAnswersAlsoAfterItsBrokerWasAway() throws Exception {
        CountDownLatch broken = new CountDownLatch(1);
        CountDownLatch mended = new CountDownLatch(1);
        try (KaufmannTestCluster cluster = KaufmannTestCluster.start()) {
            cluster.schemas("src/test/resources/mock-bus").topic("rapids", 2);
            KaufmannConfig.Builder settings = KaufmannConfig.builder()
                    .consumerGroup("greeter")
                    .defaultTopic("rapids")
                    .serviceName("greeter")
                    .eventHandler(EventRouter.on("command.greet", event -> {
                        if (event.payload().text("name").equals("Bob")) {
                            broken.countDown();
                            mended.await();
                        }
                        return Result.reply(
                                "event.greeted",
                                Map.of("greeting", "Hello " + event.payload().text("name")));
                    }));
            try (Kaufmann service = Kaufmann.start(cluster.configure(settings).build())) {
                cluster.publish(
                        "rapids",
                        Publication.of("command.greet", Map.of("name", "Ada")).callbackId("c-1"));
                Event greeted = cluster.await("rapids", "event.greeted");
                assertThat(greeted.payload().text("greeting")).isEqualTo("Hello Ada");
                assertThat(greeted.meta().callbackId()).contains("c-1");

                cluster.publish(
                        "rapids",
                        Publication.of("command.greet", Map.of("name", "Bob")).key("42"));
                assertThat(broken.await(30, TimeUnit.SECONDS)).isTrue();
                cluster.stopBroker();
                mended.countDown();
                cluster.startBroker();
                assertThat(cluster.await(
                                        "rapids",
                                        "event.greeted",
                                        event ->
                                                event.payload().text("greeting").equals("Hello Bob"))
                                .topic())
                        .isEqualTo("rapids");
                assertThat(service.state()).isEqualTo(State.RUNNING);
            }
        }
    }

    @Test
    void aFailedEventIsAnErrorEvent() {
        try (KaufmannTestCluster cluster = KaufmannTestCluster.start();
                Silence silence = Silence.of("io.kaufmann")) {
            assertThat(silence).isNotNull();
            cluster.schemas("src/test/resources/mock-bus").topic("rapids", 1);
            KaufmannConfig.Builder settings = KaufmannConfig.builder()
                    .consumerGroup("greeter")
                    .defaultTopic("rapids")
                    .serviceName("greeter")
                    .eventHandler(EventRouter.on("command.greet", event -> Result.failure("no")));
            try (Kaufmann service = Kaufmann.start(cluster.configure(settings).build())) {
                assertThat(service.state()).isEqualTo(State.RUNNING);
                cluster.publish("rapids", Publication.of("command.greet", Map.of("name", "Ada")));
                assertThat(cluster.await("rapids", "event.error.command.greet")
                                .payload()
                                .text("error"))
                        .isEqualTo("no");
            }
        }
    }

    @Test
    void asTheDocumentShowsIt() {
        KaufmannConfig.Builder settings = KaufmannConfig.builder()
                .consumerGroup("greeter")
                .defaultTopic("rapids")
                .serviceName("greeter")
                .eventHandler(EventRouter.on(
                        "command.greet", event -> Result.reply("event.greeted", Map.of("greeting", "Hello Ada"))));
        // begin cluster
        try (KaufmannTestCluster cluster = KaufmannTestCluster.start()) {
            cluster.schemas("src/test/resources/mock-bus").topic("rapids", 2);
            try (Kaufmann service = Kaufmann.start(cluster.configure(settings).build())) {
                cluster.publish("rapids", Publication.of("command.greet", Map.of("name", "Ada")));
                Event greeted = cluster.await("rapids", "event.greeted");
                assertThat(greeted.payload().text("greeting")).isEqualTo("Hello Ada");
                assertThat(service.state()).isEqualTo(State.RUNNING);
            }
        }
        // end cluster
    }

    @Test
    void saysWhatCannotBePublished() {
        try (KaufmannTestCluster cluster = KaufmannTestCluster.start()) {
            cluster.topic("rapids", 1);
            assertThatThrownBy(() -> cluster.publish("rapids", Publication.of("command.greet", Map.of("name", "Ada"))))
                    .hasMessageContaining("command.greet");
        }
    }
}
