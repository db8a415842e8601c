package io.kaufmann.internal.produce;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What an admin client tells of topics: they have three partitions, unless the test says otherwise. Thread-safe. */
final class ScriptedCluster {

    static final int PARTITIONS = 3;

    final AtomicInteger questions = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    private final Map<String, Throwable> errors = new ConcurrentHashMap<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** The answer for a topic from now on. */
    void fail(String topic, Throwable error) {
        errors.put(topic, error);
    }

    void missing(String topic) {
        fail(topic, new UnknownTopicOrPartitionException("on purpose"));
    }

    void restore(String topic) {
        errors.remove(topic);
    }

    /** Holds all answers back. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void letGo() {
        gate.countDown();
    }

    /** A client of it. */
    Admin admin() {
        opened.incrementAndGet();
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "describeTopics" -> {
                            return describe((Collection<?>) arguments[0]);
                        }
                        case "close" -> {
                            closed.incrementAndGet();
                            return null;
                        }
                        default -> throw new UnsupportedOperationException(method.toString());
                    }
                });
    }

    private DescribeTopicsResult describe(Collection<?> topics) throws InterruptedException {
        questions.incrementAndGet();
        gate.await();
        String topic = (String) topics.iterator().next();
        KafkaFutureImpl<TopicDescription> answer = new KafkaFutureImpl<>();
        if (errors.containsKey(topic)) {
            answer.completeExceptionally(errors.get(topic));
        } else {
            answer.complete(new TopicDescription(topic, false, described()));
        }
        return new Answered(Map.of(topic, answer));
    }

    /** As many as the producer knows. */
    private static List<TopicPartitionInfo> described() {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartitionInfo(partition, Node.noNode(), List.of(), List.of()))
                .toList();
    }

    /** Kafka's own constructor is for its subclasses. */
    private static final class Answered extends DescribeTopicsResult {
        Answered(Map<String, KafkaFuture<TopicDescription>> answers) {
            super(null, answers);
        }
    }

    /** A producer that knows these topics. */
    static MockProducer<byte[], byte[]> producer(boolean writesAtOnce, String... topics) {
        Node node = new Node(1, "localhost", 9092);
        List<PartitionInfo> partitions = List.of(topics).stream()
                .flatMap(topic -> IntStream.range(0, PARTITIONS)
                        .mapToObj(partition -> new PartitionInfo(topic, partition, node, new Node[0], new Node[0])))
                .toList();
        Cluster cluster = new Cluster("scripted", List.of(node), partitions, java.util.Set.of(), java.util.Set.of());
        return new MockProducer<>(cluster, writesAtOnce, null, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
