package io.kaufmann.chaos;

import io.kaufmann.ProcessingGuarantee;
import io.kaufmann.testing.BrokerCluster;
import io.kaufmann.testing.DevelopmentRegistry;
import io.kaufmann.testing.Directories;
import io.kaufmann.testing.InMemorySchemaRegistry;
import io.kaufmann.testing.ServiceSlot;
import io.kaufmann.testing.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.IsolationLevel;

/**
 * One chaos run: three brokers behind proxies, a registry behind another, three services that are one group; events with an
 * ordering key at a steady rate; faults, one after the other; and a ledger of all that was sent and all that came of it.
 */
final class ChaosRun {

    private static final int BROKERS = 3;
    private static final int SERVICES = 3;
    private static final String IN = "chaos.in";
    private static final String OUT = "chaos.out";
    private static final String DEAD = "chaos.dead";
    private static final String GROUP = "chaos";

    private final long seed;
    private final Duration time;
    private final Path home;
    private final PrintStream out;
    private final List<FaultKind> kinds;
    private final boolean exactlyOnce;
    private final Map<String, String> protocol;
    // Whether each slot is a static member of the group.
    private final boolean staticMembers;
    private final Runs runs = new Runs();

    /**
     * A run.
     *
     * @param seed what the faults, the events and the group's protocol follow from
     * @param time how long faults are brought about
     * @param home a folder for the services' logs
     * @param out where its progress is told
     * @param kinds the faults that are brought about
     * @param guarantee what the services promise, and are held to
     */
    ChaosRun(
            long seed,
            Duration time,
            Path home,
            PrintStream out,
            List<FaultKind> kinds,
            ProcessingGuarantee guarantee) {
        this.seed = seed;
        this.time = time;
        this.home = home;
        this.out = out;
        this.kinds = kinds;
        this.exactlyOnce = guarantee == ProcessingGuarantee.EXACTLY_ONCE;
        // Not Random's: its first draw is the same for all small seeds. Plus a number by which runs that were written
        // down before have the protocol that they had.
        SplittableRandom choices = new SplittableRandom(seed + 10);
        this.protocol = protocol(choices.nextInt(4));
        this.staticMembers = choices.nextInt(3) == 0;
    }

    private static Map<String, String> protocol(int which) {
        String session = "6000";
        return switch (which) {
            case 0 -> Map.of("group.protocol", "classic", "session.timeout.ms", session);
            case 1 ->
                Map.of(
                        "group.protocol",
                        "classic",
                        "session.timeout.ms",
                        session,
                        "partition.assignment.strategy",
                        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
            default -> Map.of("group.protocol", "consumer");
        };
    }

    /** How it runs, as the first line of its outcome tells. */
    String setting() {
        return "seed " + seed + ", " + time.toMinutes() + " min, " + new TreeMap<>(protocol)
                + (staticMembers ? ", static members" : ", dynamic members")
                + (exactlyOnce ? ", exactly once" : "")
                + (kinds.size() < FaultKind.values().length ? ", only " + kinds : "");
    }

    Outcome run() throws IOException, InterruptedException {
        // What an earlier run left there would be taken for this one's.
        Directories.delete(home);
        Files.createDirectories(home);
        out.println("Chaos: " + setting() + "; logs are in " + home);
        List<TcpProxy> proxies = new ArrayList<>();
        try (BrokerCluster brokers = BrokerCluster.start(BROKERS, port -> {
                    TcpProxy proxy = new TcpProxy(port);
                    proxies.add(proxy);
                    return proxy.port();
                });
                DevelopmentRegistry registry = DevelopmentRegistry.start(0, new InMemorySchemaRegistry());
                TcpProxy registryProxy = new TcpProxy(registry.port());
                Topics topics = new Topics(brokers.bootstrapServers());
                Group group = new Group(brokers.bootstrapServers(), GROUP, List.of(IN, OUT, DEAD))) {
            for (String topic : List.of(IN, OUT, DEAD)) {
                topics.create(topic, 8);
            }
            ChaosSchemas schemas = new ChaosSchemas(registry.contents());
            List<ServiceSlot> services = services(brokers, registryProxy);
            services.forEach(ServiceSlot::start);
            Faults faults = new Faults(
                    new Faults.Targets(brokers, proxies, registry, registryProxy, services),
                    Faults.member(brokers.bootstrapServers(), GROUP, protocol),
                    IN,
                    group,
                    seed,
                    kinds);
            return torment(brokers, schemas, services, faults, group);
        } finally {
            proxies.forEach(TcpProxy::close);
        }
    }

    private List<ServiceSlot> services(BrokerCluster brokers, TcpProxy registry) throws IOException {
        List<ServiceSlot> services = new ArrayList<>();
        for (int number = 1; number <= SERVICES; number++) {
            Properties settings = new Properties();
            settings.putAll(Map.of(
                    "kaufmann.bootstrap.servers",
                    brokers.proxiedBootstrapServers(),
                    "kaufmann.schema.registry.url",
                    "http://127.0.0.1:" + registry.port(),
                    "kaufmann.consumer.group",
                    GROUP,
                    "kaufmann.service.name",
                    "chaos",
                    "kaufmann.default.topic",
                    IN,
                    "kaufmann.default.publish.topic",
                    OUT,
                    "kaufmann.auto.offset.reset",
                    "earliest",
                    "kaufmann.ordering",
                    "key",
                    "kaufmann.retry.policy",
                    "exponential(3, 20ms, 200ms)",
                    "kaufmann.dead.letter.topic",
                    DEAD));
            settings.putAll(Map.of(
                    "kaufmann.handler.time.limit", "1s",
                    "kaufmann.max.demand", "16",
                    "kaufmann.consumer.threads", "2",
                    "kaufmann.stall.after", "10s",
                    "kaufmann.drain.timeout", "5s",
                    "kaufmann.start.timeout", "60s",
                    "kaufmann.schema.cache.expires", "2s"));
            protocol.forEach((name, value) -> settings.put("kafka.consumer." + name, value));
            if (staticMembers) {
                settings.put("kafka.consumer.group.instance.id", "slot-" + number);
            }
            if (exactlyOnce) {
                settings.put("kaufmann.processing.guarantee", "exactly_once");
            }
            Path file = home.resolve("service-" + number + ".properties");
            try (var writer = Files.newBufferedWriter(file)) {
                settings.store(writer, null);
            }
            services.add(slot(number, file));
        }
        return services;
    }

    private ServiceSlot slot(int number, Path settings) {
        return new ServiceSlot(
                "service " + number,
                home.resolve("service-" + number + ".log"),
                ChaosService.class,
                start -> List.of(settings.toString(), runLog(number, start).toString()),
                start -> runs.addFrom(runLog(number, start)));
    }

    private Path runLog(int number, int start) {
        return home.resolve("runs-" + number + "-" + start + ".log");
    }

    private Outcome torment(
            BrokerCluster brokers, ChaosSchemas schemas, List<ServiceSlot> services, Faults faults, Group group)
            throws InterruptedException {
        Ledger ledger = new Ledger();
        StallWatch watch;
        List<String> lateStops;
        try (EffectReader reader =
                new EffectReader(brokers.bootstrapServers(), OUT, DEAD, schemas, ledger, isolation())) {
            awaitStable(group);
            try (Load load = new Load(brokers.bootstrapServers(), IN, schemas, ledger, seed)) {
                watch = new StallWatch(ledger, faults, group, SERVICES * 2);
                long until = System.nanoTime() + time.toNanos();
                while (System.nanoTime() < until) {
                    if (faults.isRoundOver()) {
                        watch.awaitCalm();
                    }
                    faults.rest();
                    faults.next();
                    load.check();
                    reader.check();
                    Fault last = faults.done().get(faults.done().size() - 1);
                    out.printf(
                            "%-18s %5.1f s   %,d events wait%n",
                            last.kind(), (last.end() - last.start()) / 1e9, ledger.openCount());
                }
                out.println("No more faults");
                watch.awaitCalm();
            }
            awaitAll(ledger, watch);
            watch.close();
            lateStops = services.stream()
                    .filter(service -> !service.stop(60))
                    .map(ServiceSlot::toString)
                    .toList();
        }
        return new Outcome(
                setting(),
                exactlyOnce,
                ledger.allSent().size(),
                ledger.allEffects().size(),
                faults.done(),
                Judge.judge(ledger.allSent(), ledger.allEffects(), ledger.allLetters(), runs.all(), faults.done()),
                watch.stalls(),
                ledger.longestPause(),
                ledger.longestPauseOfAPartition(),
                services.stream()
                        .flatMap(service -> service.unexpectedEnds().stream())
                        .toList(),
                lateStops);
    }

    /** What an aborted transaction wrote is no effect. */
    private IsolationLevel isolation() {
        return exactlyOnce ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
    }

    private void awaitStable(Group group) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!group.isStable(SERVICES * 2)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("The services did not come up in 90 s; see their logs in " + home);
            }
            Thread.sleep(200);
        }
    }

    /** All that was sent must have its effect, or there is a stall. */
    private static void awaitAll(Ledger ledger, StallWatch watch) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (ledger.openCount() > 0
                && System.nanoTime() < until
                && watch.stalls().isEmpty()) {
            Thread.sleep(200);
        }
    }
}
