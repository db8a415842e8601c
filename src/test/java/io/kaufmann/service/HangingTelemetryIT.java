package io.kaufmann.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.Kaufmann;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.health.State;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.testing.Log;
import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RawProducer;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.TestEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener that never returns from its first call on each thread: the service loses a second or two, and nothing else. */
@Timeout(120)
@RunsOn(Platform.LOCAL)
class HangingTelemetryIT {

    private static final int EVENTS = 1_000;

    private final Set<Integer> handled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger interruptedHandlers = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"decoded", "handled", "encoded", "published"})
    void costsTheServiceLittle(String method, TestEnvironment environment) {
        Hanging telemetry = new Hanging(method);
        try (Log log = Log.of("io.kaufmann.telemetry");
                ServiceWorld world = new ServiceWorld(environment, 4)) {
            String work = world.eventType("command.work", "id", "\"int\"");
            String done = world.eventType("event.done", "id", "\"int\"");
            world.environment.producer().write(work(world, work));
            Kaufmann service = world.start(world.config(EventRouter.on(work, event -> {
                        int id = (int) event.payload().integer("id");
                        interruptedHandlers.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                        handled.add(id);
                        return Result.reply(done, Map.of("id", id));
                    }))
                    .telemetry(telemetry));

            // Without the guard, it stands still for ever.
            await().atMost(Duration.ofSeconds(30)).until(() -> handled.size() == EVENTS);
            await().atMost(Duration.ofSeconds(30)).until(world::allCommitted);

            assertThat(world.events(done)).hasSize(EVENTS);
            assertThat(interruptedHandlers).hasValue(0);
            assertThat(service.state()).isEqualTo(State.RUNNING);
            assertThat(telemetry.hung).isNotEmpty();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains(Hanging.class.getName() + " has not returned from " + method + "() on ", "60 s");
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> work(ServiceWorld world, String name) {
        return IntStream.range(0, EVENTS)
                .mapToObj(id -> RawProducer.record(
                        world.topic,
                        id % 4,
                        name,
                        world.frame(name, ServiceWorld.meta(name, Map.of()), Map.of("id", id))))
                .toList();
    }

    private static final class Hanging implements Telemetry {

        private final Set<Thread> hung = ConcurrentHashMap.newKeySet();
        private final String method;

        Hanging(String method) {
            this.method = method;
        }

        private void hang(String called) {
            if (called.equals(method) && hung.add(Thread.currentThread())) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    // As one that does not even pass it on.
                }
            }
        }

        @Override
        public void decoded(Decoded decoded) {
            hang("decoded");
        }

        @Override
        public void handled(Handled told) {
            hang("handled");
        }

        @Override
        public void encoded(Encoded encoded) {
            hang("encoded");
        }

        @Override
        public void published(Published published) {
            hang("published");
        }
    }
}
