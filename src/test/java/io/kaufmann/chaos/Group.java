package io.kaufmann.chaos;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.GroupState;

/** What the cluster tells of itself and of the services' group. Thread-safe. */
final class Group implements AutoCloseable {

    private final Admin admin;
    private final String name;
    private final List<String> topics;

    Group(String bootstrapServers, String name, List<String> topics) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.name = name;
        this.topics = topics;
    }

    /** Whether the group has settled, with this many members. */
    boolean isStable(int members) {
        try {
            var group = admin.describeConsumerGroups(List.of(name))
                    .describedGroups()
                    .get(name)
                    .get(5, TimeUnit.SECONDS);
            return group.groupState() == GroupState.STABLE && group.members().size() == members;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until every partition has all its replicas: one more broker may fail then. */
    void awaitWholeCluster() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isWhole()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("The cluster is not whole again after 60 s");
            }
            Thread.sleep(200);
        }
    }

    private boolean isWhole() throws InterruptedException {
        try {
            return admin.describeTopics(topics).allTopicNames().get(5, TimeUnit.SECONDS).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition ->
                            partition.isr().size() == partition.replicas().size() && partition.leader() != null);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
