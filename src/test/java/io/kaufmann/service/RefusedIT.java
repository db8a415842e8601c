package io.kaufmann.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.event.Event;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.health.Health;
import io.kaufmann.health.State;
import io.kaufmann.testing.EmbeddedBroker;
import io.kaufmann.testing.EmbeddedEnvironment;
import io.kaufmann.testing.RawProducer;
import io.kaufmann.testing.Silence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rights that are taken away while a service runs: it says so in its health, and goes on when it has them back. */
@Timeout(180)
class RefusedIT {

    private static EmbeddedEnvironment environment;
    private static Admin admin;
    private static Silence silence;

    private final Set<Integer> handled = ConcurrentHashMap.newKeySet();
    private final List<AclBinding> denied = new ArrayList<>();
    private ServiceWorld world;
    private String work;

    @BeforeAll
    static void openEnvironment() {
        environment = EmbeddedEnvironment.start(EmbeddedBroker.onFreePort()
                .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .with("allow.everyone.if.no.acl.found", "true")
                // A member that was put out leaves its place taken for as long.
                .with("group.consumer.min.session.timeout.ms", "6000")
                .with("group.consumer.session.timeout.ms", "6000")
                .with("group.consumer.min.heartbeat.interval.ms", "1000")
                .with("group.consumer.heartbeat.interval.ms", "2000"));
        admin = Admin.create(Map.of("bootstrap.servers", environment.bootstrapServers()));
        silence = Silence.of("io.kaufmann", "org.apache.kafka.clients");
    }

    @AfterAll
    static void closeEnvironment() {
        silence.close();
        admin.close();
        environment.close();
    }

    @AfterEach
    void close() throws Exception {
        allowAgain();
        world.close();
    }

    /** By the new protocol a consumer without the right is put out for good: the service makes another one. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void joinsItsGroupAgainWhenItMay() throws Exception {
        Kaufmann service = start("consumer");
        sendAndAwait(1);
        deny(ResourceType.GROUP, world.group);
        assertThat(problem(service)).contains("has not been taken into the group", "GroupAuthorizationException");
        send(2);
        allowAgain();
        awaitHandled(2);
        awaitUp(service);
    }

    /** By the classic protocol it keeps its partitions meanwhile, and cannot commit. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void commitsAgainWhenItMay() throws Exception {
        Kaufmann service = start("classic");
        sendAndAwait(1);
        deny(ResourceType.GROUP, world.group);
        send(2);
        assertThat(problem(service)).contains("has not been able to commit", "GroupAuthorizationException");
        assertThat(handled).contains(2);
        allowAgain();
        awaitHandled(2);
        awaitUp(service);
        sendAndAwait(3);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void startsWhenItMayJoinItsGroup() throws Exception {
        open();
        deny(ResourceType.GROUP, world.group);
        Kaufmann service = startIn("classic");
        send(1);
        assertThat(problem(service)).contains("has not been able to read", "GroupAuthorizationException");
        allowAgain();
        awaitHandled(1);
        awaitUp(service);
    }

    /**
     * The others are read on, though a commit with the forbidden one fails as a whole. Without any right to it the group assigns none
     * of its partitions, so that nothing fails any more: it is told all the same.
     */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"classic, READ", "consumer, READ", "classic, ALL"})
    void readsTheTopicsThatItMay(String protocol, AclOperation operation) throws Exception {
        open();
        String other = environment.topics().createUnique("forbidden", 1);
        CountDownLatch inHandler = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Kaufmann service = world.start(config(
                        protocol,
                        event -> {
                            if (event.topic().equals(other)) {
                                inHandler.countDown();
                                release.await();
                            }
                        },
                        world.topic,
                        other)
                .maxUncommitted(100)
                // Longer than a failure of a poll is remembered.
                .kafkaConsumer("metadata.max.age.ms", "12000"));
        sendAndAwait(0);
        byte[] value = world.record(work, Map.of("id", -1)).value();
        byte[] again = world.record(work, Map.of("id", -2)).value();
        environment.producer().write(RawProducer.record(other, 0, work, value));
        inHandler.await();
        deny(ResourceType.TOPIC, other, operation);
        release.countDown();
        assertThat(problem(service)).contains("TopicAuthorizationException", other);

        for (int id = 1; id <= 1_000; id++) {
            send(id);
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> handled.size() == 1_002 && world.allCommitted());
        if (operation == AclOperation.ALL) {
            await().during(Duration.ofSeconds(14))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> service.health().status() == Health.Status.STALLED);
        }
        allowAgain();
        environment.producer().write(RawProducer.record(other, 0, work, again));
        await().atMost(Duration.ofSeconds(60)).until(() -> handled.contains(-2));
        awaitUp(service);
    }

    private String problem(Kaufmann service) {
        Health stalled = await().atMost(Duration.ofSeconds(60))
                .until(service::health, health -> health.status() == Health.Status.STALLED);
        assertThat(stalled.state()).isEqualTo(State.RUNNING);
        return String.join("; ", stalled.problems());
    }

    private static void awaitUp(Kaufmann service) {
        await().atMost(Duration.ofSeconds(60)).until(() -> service.health().status() == Health.Status.UP);
    }

    private void open() {
        world = new ServiceWorld(environment, 1);
        work = world.eventType("command.work", "id", "\"int\"");
    }

    private Kaufmann start(String protocol) {
        open();
        return startIn(protocol);
    }

    private Kaufmann startIn(String protocol) {
        return world.start(config(protocol, event -> {}, world.topic).kafkaConsumer("metadata.max.age.ms", "1000"));
    }

    private interface Deed {
        void of(Event event) throws Exception;
    }

    private KaufmannConfig.Builder config(String protocol, Deed deed, String... topics) {
        return world.config(EventRouter.on(work, event -> {
                    deed.of(event);
                    handled.add((int) event.payload().integer("id"));
                    return Result.noReply();
                }))
                .stallAfter(Duration.ofSeconds(2))
                .subscriptionTopics(topics)
                .kafkaConsumer("group.protocol", protocol);
    }

    private void sendAndAwait(int id) {
        send(id);
        awaitHandled(id);
    }

    private void send(int id) {
        world.send(work, Map.of("id", id));
    }

    private void awaitHandled(int id) {
        await().atMost(Duration.ofSeconds(60)).until(() -> handled.contains(id) && world.allCommitted());
    }

    private void deny(ResourceType type, String name) throws Exception {
        deny(type, name, AclOperation.READ);
    }

    private void deny(ResourceType type, String name, AclOperation operation) throws Exception {
        AclBinding binding = new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", operation, AclPermissionType.DENY));
        denied.add(binding);
        admin.createAcls(List.of(binding)).all().get(30, TimeUnit.SECONDS);
    }

    private void allowAgain() throws Exception {
        admin.deleteAcls(denied.stream().map(AclBinding::toFilter).toList())
                .all()
                .get(30, TimeUnit.SECONDS);
        denied.clear();
    }
}
