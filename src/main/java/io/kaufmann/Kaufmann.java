package io.kaufmann;

import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNames;
import io.kaufmann.health.Health;
import io.kaufmann.health.StartException;
import io.kaufmann.health.State;
import io.kaufmann.http.HttpEndpoint;
import io.kaufmann.internal.assembly.ErrorSchema;
import io.kaufmann.internal.assembly.Parts;
import io.kaufmann.internal.assembly.Service;
import io.kaufmann.internal.consume.LaneRule;
import io.kaufmann.internal.consume.LoopSettings;
import io.kaufmann.internal.produce.MessageIds;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.work.FailureRules;
import io.kaufmann.internal.work.RegistryProbe;
import io.kaufmann.internal.work.WorkerThreads;
import io.kaufmann.publish.MetaSource;
import io.kaufmann.publish.ProducerFactory;
import io.kaufmann.publish.Publisher;
import io.kaufmann.schema.CachingSchemaRegistry;
import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.micrometer.MicrometerTelemetry;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A running service: events come off Kafka, go to the handler, and are answered. Thread-safe.
 *
 * <pre>{@code
 * Kaufmann service = Kaufmann.start(config);
 * }</pre>
 *
 * <p>It keeps the process up by itself until it is stopped or fails. Stopping finishes the events that run, commits, and
 * closes; what did not finish in time is delivered again after the next start.
 */
public final class Kaufmann implements AutoCloseable {

    private final Service service;
    private final Duration drainTimeout;
    private final Optional<HttpEndpoint> endpoint;

    private Kaufmann(Service service, Duration drainTimeout, Optional<HttpEndpoint> endpoint) {
        this.service = service;
        this.drainTimeout = drainTimeout;
        this.endpoint = endpoint;
    }

    /**
     * Starts a service, and returns when it runs; its group gives it its partitions within moments after that.
     *
     * @param config what it is to do
     * @return the running service
     * @throws StartException when its broker does not answer within the start timeout, a topic does not exist, the schema of
     *     error events cannot be found, or the port for HTTP is taken: it says what to do about each
     */
    public static Kaufmann start(KaufmannConfig config) {
        return start(config, Optional.empty(), () -> {});
    }

    /**
     * Starts a service that goes only to where each partition's commit says that its replay ends. For {@code
     * io.kaufmann.task.ReinitService}, which sees to these commits.
     *
     * @param config what it is to do
     * @param producerFactory makes the producer, in place of the configuration's
     * @param beforeReading sets these commits, when all is ready and nothing is read yet
     * @return the running service, which has to be stopped when the commits are at their ends
     * @throws StartException as {@link #start} does
     */
    public static Kaufmann startReplay(KaufmannConfig config, ProducerFactory producerFactory, Runnable beforeReading) {
        return start(config, Optional.of(producerFactory), beforeReading);
    }

    private static Kaufmann start(KaufmannConfig config, Optional<ProducerFactory> replay, Runnable beforeReading) {
        Optional<HttpSchemaRegistry> registry = registry(config);
        Transcoders transcoders = transcoders(config, registry);
        RegistryProbe probe = registry.filter(asked -> config.mayAskRegistry())
                .<RegistryProbe>map(asked -> new AskedRegistry(asked, errorSubject(config)))
                .orElse(RegistryProbe.NONE);
        Service service = service(config, () -> parts(config, replay, transcoders, probe), transcoders);
        if (config.makesTranscoders()) {
            service.whenEnded(transcoders::close);
        }
        // Before the start, which may wait for a broker: the service lives by then, and is not ready.
        Optional<HttpEndpoint> endpoint = replay.isPresent() ? Optional.empty() : endpoint(config, service);
        endpoint.ifPresent(open -> service.whenEnded(open::close));
        Kaufmann kaufmann = new Kaufmann(service, config.drainTimeout(), endpoint);
        service.start(beforeReading);
        if (config.shutdownHook() && replay.isEmpty()) {
            kaufmann.stopOnShutdown();
        }
        return kaufmann;
    }

    private static Service service(KaufmannConfig config, Supplier<Parts> parts, Transcoders transcoders) {
        try {
            return new Service(parts.get());
        } catch (RuntimeException | Error e) {
            if (config.makesTranscoders()) {
                transcoders.close();
            }
            throw e;
        }
    }

    private static Optional<HttpEndpoint> endpoint(KaufmannConfig config, Service service) {
        try {
            return config.httpPort()
                    .map(port -> HttpEndpoint.start(
                            new HttpEndpoint.Settings(
                                    config.serviceName(), config.httpHost(), port, config.httpAllowedHosts()),
                            service::health,
                            service::prometheus));
        } catch (UncheckedIOException e) {
            service.abandon();
            throw new StartException(config.serviceName(), List.of(String.valueOf(e.getMessage())), e);
        }
    }

    private void stopOnShutdown() {
        Thread hook = new Thread(this::close, "kaufmann-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
            close();
        }
        service.whenEnded(() -> removeHook(hook));
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook has run or runs.
            return;
        }
    }

    private static Parts parts(
            KaufmannConfig config,
            Optional<ProducerFactory> replay,
            Transcoders transcoders,
            RegistryProbe registryProbe) {
        Clock clock = Clock.system();
        EventNames handled = config.eventHandler().handledEvents();
        MetaSource metaSource = config.metaSource()
                .orElseGet(() -> MetaSource.standard(
                        config.serviceName(), config.serviceId(), clock, MessageIds.fromRandomStart()));
        return new Parts(
                config.serviceName(),
                config.consumerGroup(),
                config.eventHandler(),
                handled,
                config.eventNaming(),
                transcoders,
                new ErrorSchema(transcoders, config.defaultPublishTopic(), metaSource, config.errorFormat())::require,
                registryProbe,
                intake(config, replay.isPresent()),
                new Parts.Watch(
                        config.handlerTimeLimit(),
                        config.maxLostWorkers(),
                        config.stallAfter(),
                        config.stalledNotLive(),
                        config.probeInterval()),
                new Parts.Outlet(
                        config.defaultPublishTopic(),
                        config.topicStrategy(),
                        config.partitionStrategy(),
                        config.callbackTopics(),
                        metaSource,
                        failures(config),
                        replay.orElse(config.producerFactory())),
                replay.isPresent() ? ClientSettings.forReplay(config) : ClientSettings.of(config),
                new Parts.Times(config.startTimeout(), config.drainTimeout()),
                clock,
                telemetry(config, handled),
                config.tracing());
    }

    private static Telemetry telemetry(KaufmannConfig config, EventNames handled) {
        try {
            Telemetry telemetry = config.telemetry().orElseGet(MicrometerTelemetry::new);
            return Objects.requireNonNull(
                    telemetry.forService(new Telemetry.Served(
                            config.serviceName(),
                            config.consumerGroup(),
                            handled,
                            config.httpPort().isPresent())),
                    "forService() returned null");
        } catch (RuntimeException | Error e) {
            // By its class: the user's own error may fail to print itself.
            throw new StartException(
                    config.serviceName(),
                    List.of("its telemetry cannot be made ready (kaufmann.telemetry): its forService() failed with "
                            + e.getClass().getName() + "; see the cause, and mend it"),
                    e);
        }
    }

    private static Transcoders transcoders(KaufmannConfig config, Optional<HttpSchemaRegistry> registry) {
        try {
            // There is one whenever a format needs it: the configuration has seen to that.
            return config.transcoders(
                    () -> registry.map(asked -> cached(asked, config)).orElseThrow());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new StartException(config.serviceName(), List.of(String.valueOf(e.getMessage())), e);
        } catch (RuntimeException | LinkageError e) {
            // A class that a user's own transcoders need, or what their constructors throw.
            throw new StartException(
                    config.serviceName(), List.of("its formats cannot be made (kaufmann.transcoders): " + e), e);
        }
    }

    private static Optional<HttpSchemaRegistry> registry(KaufmannConfig config) {
        try {
            return config.schemaRegistryUrl().map(url -> RegistryClient.of(url, config));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new StartException(config.serviceName(), List.of(String.valueOf(e.getMessage())), e);
        }
    }

    /** Where the schema of its error events stands, which it has to read at its start. */
    private static String errorSubject(KaufmannConfig config) {
        try {
            return config.subjectStrategy()
                    .subject(EventName.of(ErrorSchema.TRIAL_EVENT), config.defaultPublishTopic());
        } catch (RuntimeException e) {
            // A user's own strategy. The start tells of it when it tries an error event.
            return "event.error";
        }
    }

    private static SchemaRegistry cached(SchemaRegistry registry, KaufmannConfig config) {
        return CachingSchemaRegistry.builder(registry)
                .latestFor(config.schemaCacheExpires())
                .build();
    }

    private static FailureRules failures(KaufmannConfig config) {
        return new FailureRules(
                config.errorFormat(),
                config.retryPolicy(),
                config.deadLetterTopic(),
                config.deadLetterParking(),
                Set.copyOf(config.subscriptionTopics()));
    }

    private static Parts.Intake intake(KaufmannConfig config, boolean replays) {
        int loops = config.consumerThreads();
        return new Parts.Intake(
                config.workers() == Workers.VIRTUAL ? WorkerThreads.virtual().orElseThrow() : WorkerThreads.platform(),
                config.maxDemand(),
                config.maxDemandPerPartition().map(OptionalInt::of).orElse(OptionalInt.empty()),
                loops,
                new LoopSettings(
                        config.subscriptionTopics(),
                        config.autoOffsetReset() == OffsetReset.EARLIEST,
                        Math.max(1, config.maxInFlightEvents() / loops),
                        Math.max(1, config.maxInFlightBytes() / loops),
                        config.maxUncommitted(),
                        config.commitInterval(),
                        config.commitThreshold(),
                        config.commitStrategy() == CommitStrategy.SYNC,
                        config.gapMapLimit(),
                        new LaneRule(config.ordering(), config.keylessEvents()),
                        config.drainTimeout(),
                        !ClientSettings.isClassic(config.consumerProperties()),
                        replays));
    }

    /** Where it stands in its life. */
    public State state() {
        return service.state();
    }

    /**
     * How it does at present: what waits and runs in each partition, and what does not go on. Quick, and without a request to
     * anybody: what it says of partitions is up to a second old.
     */
    public Health health() {
        return service.health();
    }

    /**
     * Whether the process is worth keeping, for an orchestrator's liveness probe. False only when a restart is the way to mend it: it
     * has failed, one of its threads has died, or a consumer thread has taken no turn within its limit. No outage of the broker or the
     * registry makes it false, however long; nor does a handler that hangs, unless {@code kaufmann.stalled.not.live} says so. True for
     * a service that was stopped. As quick as {@link #health()}.
     */
    public boolean live() {
        return health().live();
    }

    /**
     * Whether it can do its work at present, for an orchestrator's readiness probe: it runs, all its consumers are in their group and
     * can commit, and the broker and the registry answered when they were last asked. As quick as {@link #health()}.
     */
    public boolean ready() {
        return health().ready();
    }

    /**
     * Where it tells over HTTP how it does: from before its start until it has ended, and with the port that it took when {@code
     * kaufmann.http.port} is 0. Empty when that is not set.
     */
    public Optional<InetSocketAddress> httpAddress() {
        return endpoint.map(HttpEndpoint::address);
    }

    /** Sends events from outside a handler, through the service's own producer. */
    public Publisher publisher() {
        return service.publisher();
    }

    /**
     * Stops it: takes no new events, finishes those that run until the time is over, commits, closes. Returns when that is
     * done. Called by a handler it returns at once, since it would wait for that handler's own end. Called again it waits
     * for the stop that is going on.
     *
     * @param timeout how long running events may take to finish
     */
    public void stop(Duration timeout) {
        service.stop(timeout);
    }

    /** Stops it, with the configured drain timeout. */
    @Override
    public void close() {
        stop(drainTimeout);
    }

    /**
     * Waits until it has ended, by whatever cause.
     *
     * @param timeout how long to wait
     * @return false when the time was over first
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public boolean awaitTermination(Duration timeout) throws InterruptedException {
        return service.awaitTermination(timeout);
    }
}
