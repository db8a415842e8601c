package io.kaufmann.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.kaufmann.Kaufmann;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.testing.Chromium;
import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RawProducer;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.TestEnvironment;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes the pictures of the page that the docs show: of a real service at work, one of whose handlers hangs. */
@RunsOn(Platform.LOCAL)
@EnabledIfSystemProperty(
        named = "kaufmann.docs.write",
        matches = "true",
        disabledReason = "it writes the docs' pictures")
class PagePictureIT {

    private static final Path IMAGES =
            Path.of(System.getProperty("kaufmann.test.basedir", ".")).resolve("docs/images");
    private static final Duration STALL = Duration.ofSeconds(45);
    private static final int LOOKS = 40;

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicBoolean working = new AtomicBoolean(true);
    private final Random random = new Random(8);

    @Test
    void showsAServiceAtWork(TestEnvironment environment) throws IOException, InterruptedException {
        environment.topics().create("orders", 4);
        environment.topics().create("payments", 2);
        Thread load = new Thread(() -> load(environment), "load");
        try (Chromium chromium = Chromium.open();
                ServiceWorld world = new ServiceWorld(environment, 1)) {
            Kaufmann service = world.start(world.config(EventRouter.on("order.placed", event -> {
                                long id = event.payload().integer("id");
                                if (id == 700) {
                                    release.await();
                                }
                                LockSupport.parkNanos(
                                        Duration.ofMillis(2 + id % 9).toNanos());
                                return id % 1_501 == 1 ? Result.failure("no such article") : Result.noReply();
                            })
                            .on("payment.due", event -> {
                                LockSupport.parkNanos(Duration.ofMillis(12).toNanos());
                                if (event.payload().integer("id") % 400 == 3 && event.offset() % 2 == 0) {
                                    throw new SocketTimeoutException("the bank is silent");
                                }
                                return Result.noReply();
                            }))
                    .serviceName("orders")
                    .transcoders("json", "avro")
                    .defaultTopic("orders")
                    .defaultPublishTopic(world.topic)
                    .subscriptionTopics("orders", "payments")
                    .retryPolicy(RetryPolicy.fixed(3, Duration.ofSeconds(4)))
                    .probeInterval(Duration.ofSeconds(1))
                    .httpPort(0)
                    .stallAfter(STALL));
            load.start();
            chromium.look(1280, 1220, false);
            chromium.visit(
                    "http://127.0.0.1:" + service.httpAddress().orElseThrow().getPort() + "/");
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> chromium.text("#status").equals("STALLED")
                            && ((Number) chromium.run("return samples.length")).intValue() > LOOKS);
            Files.createDirectories(IMAGES);
            Files.write(IMAGES.resolve("health-page.png"), chromium.picture());
            chromium.look(390, 1240, true);
            Files.write(IMAGES.resolve("health-page-phone.png"), chromium.picture());
        } finally {
            working.set(false);
            release.countDown();
            load.join();
        }
    }

    /** Some hundred events in a second, more at times. */
    private void load(TestEnvironment environment) {
        for (long id = 0; working.get(); id++) {
            String event = id % 4 == 0 ? "payment.due" : "order.placed";
            String topic = id % 4 == 0 ? "payments" : "orders";
            int partition = random.nextInt(id % 4 == 0 ? 2 : 4);
            byte[] value = ("{\"meta\":{},\"payload\":{\"id\":" + id + "}}").getBytes(UTF_8);
            environment.producer().write(RawProducer.record(topic, partition, event, value));
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(5)).toNanos());
        }
    }
}
