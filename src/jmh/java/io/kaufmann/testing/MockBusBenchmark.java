package io.kaufmann.testing;

import io.kaufmann.event.Event;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How long a test kit's 10,000 events take, from a cold JVM on: what a large suite pays. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Measurement(iterations = 1)
public class MockBusBenchmark {

    private static final int EVENTS = 10_000;

    /** One bus. */
    @Benchmark
    public Event tenThousandGivenAndThen() {
        MockBus bus = bus();
        Event last = null;
        for (int i = 0; i < EVENTS; i++) {
            bus.givenEvent("command.greet", Map.of("name", "Ada"));
            last = bus.thenEvent("event.greeted", Map.of("greeting", "Hello Ada"));
        }
        return last;
    }

    /** One bus for each test of a hundred events. */
    @Benchmark
    public Event aHundredBuses() {
        Event last = null;
        for (int i = 0; i < EVENTS / 100; i++) {
            MockBus bus = bus();
            for (int j = 0; j < 100; j++) {
                bus.givenEvent("command.greet", Map.of("name", "Ada"));
                last = bus.thenEvent("event.greeted", Map.of("greeting", "Hello Ada"));
            }
        }
        return last;
    }

    private static MockBus bus() {
        return MockBus.of(EventRouter.on(
                        "command.greet",
                        event -> Result.reply(
                                "event.greeted",
                                Map.of("greeting", "Hello " + event.payload().text("name")))))
                .schemas(System.getProperty("kaufmann.jmh.schemas", "../../src/test/resources/mock-bus"));
    }
}
