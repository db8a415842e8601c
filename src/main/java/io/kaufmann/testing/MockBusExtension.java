package io.kaufmann.testing;

import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test of JUnit 5 or 6 a {@link MockBus} of its own as a parameter, and fails a test that leaves events which it did not ask
 * for. Needs JUnit Jupiter, which the library does not bring. Immutable and thread-safe: tests may run in parallel.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final MockBusExtension BUSES =
 *         MockBusExtension.of(() -> MockBus.of(new Greeter()).schemas("src/main/resources/schemas"));
 *
 * @Test
 * void greets(MockBus bus) {
 *     bus.givenEvent("command.greet", Map.of("name", "Ada"));
 *     bus.thenEvent("event.greeted", Map.of("greeting", "Hello Ada"));
 * }
 * }</pre>
 */
public final class MockBusExtension implements ParameterResolver, AfterEachCallback {

    private final Supplier<MockBus> maker;
    private final boolean strict;

    private MockBusExtension(Supplier<MockBus> maker, boolean strict) {
        this.maker = maker;
        this.strict = strict;
    }

    /**
     * An extension that ends each test with {@link MockBus#thenNoEvent()}.
     *
     * @param maker makes the bus of a test
     * @return the extension
     */
    public static MockBusExtension of(Supplier<MockBus> maker) {
        return new MockBusExtension(Objects.requireNonNull(maker, "maker"), true);
    }

    /**
     * The same without a look at what tests leave.
     *
     * @return another extension
     */
    public MockBusExtension lenient() {
        return new MockBusExtension(maker, false);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        // Not for a class's constructor: the bus would be that of all its tests.
        return parameter.getParameter().getType() == MockBus.class
                && test.getTestMethod().isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        ExtensionContext.Store store = store(test);
        MockBus bus = store.get(this, MockBus.class);
        if (bus == null) {
            bus = maker.get();
            store.put(this, bus);
        }
        return bus;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        MockBus bus = store(test).get(this, MockBus.class);
        if (strict && bus != null && test.getExecutionException().isEmpty()) {
            bus.thenNoEvent();
        }
    }

    private static ExtensionContext.Store store(ExtensionContext test) {
        return test.getStore(ExtensionContext.Namespace.create(MockBusExtension.class));
    }
}
