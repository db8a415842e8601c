package io.kaufmann.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.Kaufmann;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import io.kaufmann.testing.Chromium;
import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RawProducer;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.TestEnvironment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The page of a real service in a real Chromium; PageViewsIT shows it what is hard to have from one. */
@RunsOn(Platform.LOCAL)
class PageIT {

    private static final String HOSTILE = "<script>pwned=1</script>";

    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger handled = new AtomicInteger();

    @Test
    void showsAPartitionThatHangsAsStalledUntilItGoesOn(TestEnvironment environment) {
        try (Chromium chromium = Chromium.open();
                ServiceWorld world = new ServiceWorld(environment, 2)) {
            String order = world.eventType("command.order", "id", "\"int\"");
            EventHandler handler = event -> {
                if (event.payload().integer("id") == 0) {
                    hanging.countDown();
                    release.await();
                }
                handled.incrementAndGet();
                return Result.noReply();
            };
            Kaufmann service = world.start(world.config(handler).httpPort(0).stallAfter(Duration.ofSeconds(2)));
            String url =
                    "http://127.0.0.1:" + service.httpAddress().orElseThrow().getPort() + "/";
            send(world, environment, order, 1, 1);
            await().until(() -> handled.get() == 1);
            chromium.look(360, 1200, true);
            chromium.visit(url);
            await().until(() -> chromium.text("#status").equals("UP"));
            assertThat(chromium.text("#service")).isEqualTo("service-under-test");

            send(world, environment, order, 0, 0);
            hanging.await();
            send(world, environment, order, 1, 2);
            await("the page tells of the stall").untilAsserted(() -> {
                assertThat(chromium.text("#status")).isEqualTo("STALLED");
                assertThat(chromium.text("#rows tr:first-child"))
                        .contains(world.topic + "-0", "STALLED", "running", order + HOSTILE);
            });
            assertThat(chromium.text("#problems")).contains(world.topic + "-0@0");
            assertThat(chromium.text("#rows tr:nth-child(2)"))
                    .contains(world.topic + "-1")
                    .doesNotContain("STALLED");
            assertThat(((Number) chromium.run("return document.documentElement.scrollWidth")).intValue())
                    .isLessThanOrEqualTo(360);

            release.countDown();
            await("the page tells that it goes on").untilAsserted(() -> {
                assertThat(chromium.text("#status")).isEqualTo("UP");
                assertThat(chromium.count("#rows .stall")).isZero();
            });
            assertThat(handled).hasValue(3);
            assertThat(chromium.run("return typeof pwned")).isEqualTo("undefined");
            assertThat(chromium.requests())
                    .contains(url + "health")
                    .allMatch(request -> request.startsWith(url) || request.startsWith("data:"));
            assertThat(chromium.complaints()).isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release.countDown();
        }
    }

    /** Under a name that any producer can write. */
    private static void send(ServiceWorld world, TestEnvironment environment, String order, int partition, int id) {
        byte[] value = world.frame(order, ServiceWorld.meta(order, Map.of()), Map.of("id", id));
        environment.producer().write(RawProducer.record(world.topic, partition, order + HOSTILE, value));
    }
}
