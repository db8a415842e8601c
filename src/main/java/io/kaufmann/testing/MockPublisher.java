package io.kaufmann.testing;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published;
import io.kaufmann.publish.Publisher;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A publisher for tests of code that publishes outside a handler: what it is given is checked against its schema, encoded and kept, for
 * the test to ask for. Thread-safe.
 *
 * <pre>{@code
 * MockPublisher publisher = MockPublisher.ofSchemas("src/main/resources/schemas");
 * new Importer(publisher).run();
 * publisher.thenEvent("event.imported", Map.of("rows", 3));
 * }</pre>
 */
public final class MockPublisher extends EventAssertions implements Publisher {

    private final MockBus bus;

    private MockPublisher(MockBus bus) {
        this.bus = bus;
    }

    /**
     * A publisher with the library's default settings, to the topic {@code mock-topic}.
     *
     * @param folders the schemas' folders, as for {@link MockBus#schemas}
     * @return the publisher
     */
    public static MockPublisher ofSchemas(String... folders) {
        return new MockPublisher(MockBus.deaf().schemas(folders));
    }

    /**
     * A publisher of a service as it is configured; what it sends is not handled.
     *
     * @param config the service's configuration
     * @return the publisher
     */
    public static MockPublisher of(KaufmannConfig config) {
        return new MockPublisher(MockBus.deaf(config));
    }

    /**
     * The schemas' folders, in place of the configuration's {@code schemaPath}; before the first event.
     *
     * @param folders as for {@link MockBus#schemas}
     * @return this publisher
     */
    public MockPublisher schemas(String... folders) {
        bus.schemas(folders);
        return this;
    }

    /**
     * What time it is from now on, as for {@link MockBus#at}.
     *
     * @param now the time
     * @return this publisher
     */
    public MockPublisher at(Instant now) {
        bus.at(now);
        return this;
    }

    /**
     * Which ids messages get from now on, as for {@link MockBus#ids}.
     *
     * @param next gives one for each message
     * @return this publisher
     */
    public MockPublisher ids(Supplier<String> next) {
        bus.ids(next);
        return this;
    }

    /**
     * The next record is not taken, to test what becomes of that.
     *
     * @param why what the future fails with: {@link PublishException#unavailable} for an outage, {@link PublishException#rejected} for
     *     an event that can never be written
     * @return this publisher
     */
    public MockPublisher failNext(PublishException why) {
        world().refuseNext(why);
        return this;
    }

    @Override
    public CompletableFuture<Published> publish(Publication publication) {
        return world().publisher().publish(publication);
    }

    @Override
    MockWorld world() {
        return bus.world();
    }
}
