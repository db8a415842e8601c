package io.kaufmann.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The extension as JUnit runs it; with JUnit 5 it is run by the greeter's own test. */
class MockBusExtensionTest {

    private static final String INNER = "kaufmann.test.inner";

    @Test
    void givesEachTestABusAndSeesWhatItLeaves() {
        Map<String, String> results = run(Greets.class);
        assertThat(results)
                .containsEntry("asksForAll(MockBus, MockBus)", "SUCCESSFUL")
                .containsEntry("startsAnew(MockBus)", "SUCCESSFUL")
                .containsEntry("needsNone()", "SUCCESSFUL");
        assertThat(results.get("leavesOne(MockBus)"))
                .startsWith("FAILED Expected no more, but there is event.greeted to mock-topic");
        assertThat(results.get("failsByItself(MockBus)")).isEqualTo("FAILED by itself");
    }

    @Test
    void doesNotLookWhenItIsLenient() {
        assertThat(run(Lenient.class)).containsExactly(Map.entry("leavesOne(MockBus)", "SUCCESSFUL"));
    }

    private static Map<String, String> run(Class<?> tests) {
        Map<String, String> results = new TreeMap<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameter(INNER, "true")
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    results.put(
                            test.getDisplayName(),
                            result.getStatus()
                                    + result.getThrowable()
                                            .map(error -> " " + error.getMessage())
                                            .orElse(""));
                }
            }
        });
        return results;
    }

    private static MockBus bus() {
        return MockBus.of(EventRouter.on(
                        "command.greet",
                        event -> Result.reply(
                                "event.greeted",
                                Map.of("greeting", "Hello " + event.payload().text("name")))))
                .schemas("src/test/resources/mock-bus");
    }

    /** Lets its classes run only when the test above asks for it: two of their tests are to fail. */
    static final class OnlyInner implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<String> inner = context.getConfigurationParameter(INNER);
            return inner.isPresent()
                    ? ConditionEvaluationResult.enabled("asked for")
                    : ConditionEvaluationResult.disabled("run by MockBusExtensionTest");
        }
    }

    @ExtendWith(OnlyInner.class)
    static class Greets {

        @RegisterExtension
        static final MockBusExtension BUSES = MockBusExtension.of(MockBusExtensionTest::bus);

        private MockBus before;

        @BeforeEach
        void keep(MockBus bus) {
            before = bus;
        }

        @Test
        void asksForAll(MockBus bus, MockBus same) {
            assertThat(bus).isSameAs(same).isSameAs(before);
            bus.givenEvent("command.greet", Map.of("name", "Ada")).thenEvent("event.greeted");
        }

        @Test
        void startsAnew(MockBus bus) {
            assertThat(bus.events()).isEmpty();
        }

        @Test
        void needsNone() {
            assertThat(before).isNotNull();
        }

        @Test
        void leavesOne(MockBus bus) {
            bus.givenEvent("command.greet", Map.of("name", "Ada"));
        }

        @Test
        void failsByItself(MockBus bus) {
            bus.givenEvent("command.greet", Map.of("name", "Ada"));
            throw new AssertionError("by itself");
        }
    }

    @ExtendWith(OnlyInner.class)
    static class Lenient {

        @RegisterExtension
        static final MockBusExtension BUSES =
                MockBusExtension.of(MockBusExtensionTest::bus).lenient();

        @Test
        void leavesOne(MockBus bus) {
            bus.givenEvent("command.greet", Map.of("name", "Ada"));
        }
    }
}
