package io.kaufmann.bench;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.OffsetReset;
import io.kaufmann.ProcessingGuarantee;
import io.kaufmann.Workers;
import io.kaufmann.event.Payload;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.telemetry.Telemetry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** This library, with its default settings but for the workers and the order. */
final class KaufmannService implements Contestant {

    private final KaufmannConfig config;

    KaufmannService(Setup setup, Body body) {
        boolean virtual = setup.kind() == Kind.KAUFMANN_VIRTUAL;
        KaufmannConfig.Builder builder = KaufmannConfig.builder()
                .bootstrapServers(setup.bootstrapServers())
                .schemaRegistryUrl(setup.registryUrl())
                .consumerGroup(setup.group())
                .defaultTopic(setup.work().topic().name())
                .defaultPublishTopic(setup.replyTopic())
                .serviceName("bench")
                .autoOffsetReset(OffsetReset.EARLIEST)
                .ordering(setup.work().ordering())
                .workers(virtual ? Workers.VIRTUAL : Workers.PLATFORM)
                .shutdownHook(false)
                .eventHandler(EventRouter.on(Events.NAME, event -> {
                    Payload payload = event.payload();
                    long id = payload.integer("id");
                    long sent = payload.integer("sent");
                    body.handle(event.partition(), id, sent);
                    return setup.work().reply()
                            ? Result.reply(Events.REPLY, Map.of("id", id, "sent", sent, "text", "done"))
                            : Result.noReply();
                }));
        switch (setup.kind()) {
            case KAUFMANN_UNHEARD -> builder.telemetry(Telemetry.NONE);
            case KAUFMANN_PROMETHEUS -> Scraper.start();
            case KAUFMANN_EXACTLY_ONCE -> builder.processingGuarantee(ProcessingGuarantee.EXACTLY_ONCE);
            default -> {
                // What a service has that says nothing of telemetry: Micrometer's global registry, without a backend.
            }
        }
        Setups.fromProperties(builder);
        this.config = builder.build();
    }

    @Override
    public void start() {
        Kaufmann.start(config);
    }

    /** Prometheus, more often than any would ask: each second. */
    private static final class Scraper {
        static void start() {
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            Metrics.addRegistry(registry);
            Thread thread = new Thread(
                    () -> {
                        while (true) {
                            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                            registry.scrape();
                        }
                    },
                    "scraper");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Settings to try out: {@code -Dbench.kaufmann=kaufmann.consumer.threads=2;kaufmann...}. */
    private static final class Setups {
        static void fromProperties(KaufmannConfig.Builder builder) {
            java.util.Properties properties = new java.util.Properties();
            for (String setting : System.getProperty("bench.kaufmann", "").split(";")) {
                int equals = setting.indexOf('=');
                if (equals > 0) {
                    properties.setProperty(setting.substring(0, equals), setting.substring(equals + 1));
                }
            }
            builder.properties(properties);
        }
    }
}
