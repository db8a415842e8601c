package io.kaufmann.chaos;

import io.kaufmann.testing.BrokerCluster;
import io.kaufmann.testing.BrokerProcess;
import io.kaufmann.testing.DevelopmentRegistry;
import io.kaufmann.testing.ServiceSlot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Brings faults about, one after the other: which, where and for how long follows from the seed. For one thread. */
final class Faults {

    private final BrokerCluster brokers;
    private final List<TcpProxy> brokerProxies;
    private final DevelopmentRegistry registry;
    private final TcpProxy registryProxy;
    private final List<ServiceSlot> services;
    private final Map<String, Object> memberSettings;
    private final String topic;
    private final Group group;
    private final Random random;
    private final List<FaultKind> kinds;
    private final Deque<FaultKind> deck = new ArrayDeque<>();
    private final List<Fault> done = new ArrayList<>();
    private volatile boolean active;
    private volatile long lastEnd = System.nanoTime();

    /** What the faults hit. */
    record Targets(
            BrokerCluster brokers,
            List<TcpProxy> brokerProxies,
            DevelopmentRegistry registry,
            TcpProxy registryProxy,
            List<ServiceSlot> services) {}

    Faults(
            Targets targets,
            Map<String, Object> memberSettings,
            String topic,
            Group group,
            long seed,
            List<FaultKind> kinds) {
        this.kinds = kinds;
        this.brokers = targets.brokers();
        this.brokerProxies = targets.brokerProxies();
        this.registry = targets.registry();
        this.registryProxy = targets.registryProxy();
        this.services = targets.services();
        this.memberSettings = memberSettings;
        this.topic = topic;
        this.group = group;
        this.random = new Random(seed);
    }

    /** Whether one is going on, or when the last one ended. */
    boolean isActive() {
        return active;
    }

    long lastEnd() {
        return lastEnd;
    }

    List<Fault> done() {
        return List.copyOf(done);
    }

    /** Brings the next one about, from its start to its end, and waits until the cluster is whole again. */
    void next() throws InterruptedException {
        if (deck.isEmpty()) {
            List<FaultKind> shuffled = new ArrayList<>(kinds);
            Collections.shuffle(shuffled, random);
            deck.addAll(shuffled);
        }
        FaultKind kind = deck.remove();
        // Drawn for each, needed or not: what comes later must not depend on the kind.
        ServiceSlot service = services.get(random.nextInt(services.size()));
        int broker = random.nextInt(brokers.brokers().size());
        int seconds = 2 + random.nextInt(5);
        long start = System.nanoTime();
        active = true;
        try {
            bring(kind, service, broker, seconds);
            group.awaitWholeCluster();
        } finally {
            lastEnd = System.nanoTime();
            done.add(new Fault(kind, start, lastEnd));
            active = false;
        }
    }

    /** Whether each kind has come as often as any other, at least once. */
    boolean isRoundOver() {
        return deck.isEmpty() && !done.isEmpty();
    }

    /** A short while without a fault. */
    void rest() throws InterruptedException {
        Thread.sleep(1_000L + random.nextInt(4_000));
    }

    private void bring(FaultKind kind, ServiceSlot service, int broker, int seconds) throws InterruptedException {
        BrokerProcess hit = brokers.brokers().get(broker);
        switch (kind) {
            case KILL_SERVICE -> service.kill();
            case RESTART_SERVICE -> service.restart();
            case FREEZE_SERVICE -> {
                service.signal("STOP");
                // Longer than its session, so that the group gives its partitions to others.
                Thread.sleep(8_000);
                service.signal("CONT");
            }
            case KILL_BROKER -> {
                hit.kill();
                Thread.sleep(seconds * 1_000L);
                hit.start();
            }
            case ROLLING_RESTART -> {
                for (BrokerProcess each : brokers.brokers()) {
                    each.stop();
                    each.start();
                    group.awaitWholeCluster();
                }
            }
            case REBALANCE_STORM -> storm(seconds * 2);
            case REGISTRY_DOWN -> {
                registry.stop();
                // One that must find its schemas anew; those of the others are cached.
                service.kill();
                Thread.sleep(seconds * 1_000L);
                registry.restart();
            }
            case REGISTRY_500 -> {
                registryProxy.become(TcpProxy.Mode.ANSWERING_500);
                service.kill();
                Thread.sleep(seconds * 1_000L);
                registryProxy.become(TcpProxy.Mode.PASSING);
            }
            case CUT_CONNECTIONS -> {
                for (int i = 0; i < seconds; i++) {
                    brokerProxies.forEach(TcpProxy::cut);
                    Thread.sleep(500);
                }
            }
            case SLOW_CONNECTIONS -> all(TcpProxy.Mode.SLOW, seconds);
            case NO_CONNECTIONS -> all(TcpProxy.Mode.REFUSING, seconds + 4);
        }
    }

    private void all(TcpProxy.Mode mode, int seconds) throws InterruptedException {
        brokerProxies.forEach(proxy -> proxy.become(mode));
        Thread.sleep(seconds * 1_000L);
        brokerProxies.forEach(proxy -> proxy.become(TcpProxy.Mode.PASSING));
    }

    /** A member joins and leaves every second. */
    private void storm(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            try (KafkaConsumer<byte[], byte[]> member =
                    new KafkaConsumer<>(memberSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                member.subscribe(List.of(topic));
                long until = System.nanoTime() + Duration.ofSeconds(1).toNanos();
                while (System.nanoTime() < until) {
                    // Nothing of its partitions is to be read by it.
                    member.poll(Duration.ofMillis(100));
                    member.pause(member.assignment());
                }
            }
        }
    }

    /** The settings of a member that only disturbs. */
    static Map<String, Object> member(String bootstrapServers, String groupId, Map<String, String> protocol) {
        Map<String, Object> settings = new java.util.HashMap<>(protocol);
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }
}
