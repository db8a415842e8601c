package io.kaufmann;

import io.kaufmann.KafkaClient.Scope;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Checks that the steps of a transaction fit into each other, and a transaction into what the group waits for. */
final class TransactionTimesCheck {

    private static final long SHORTEST_TRANSACTION = 1_000;

    private final ConfigInputs inputs;
    private final List<String> problems;

    TransactionTimesCheck(ConfigInputs inputs, List<String> problems) {
        this.inputs = inputs;
        this.problems = problems;
    }

    void run() {
        Map<String, Object> set = new HashMap<>();
        for (String name : TransactionTimes.NAMES) {
            inputs.kafka(Scope.PRODUCER, name).ifPresent(input -> set.put(name, input.value()));
        }
        // Those that are wrong are problems already, and of those that are filled in later nothing can be said.
        if (set.values().stream().allMatch(TransactionTimes::isNumber)) {
            TransactionTimes times = TransactionTimes.of(set);
            withinEachOther(times);
            belowPollInterval(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Duration.ofMillis(times.transaction()));
        }
        inputs.kafka(Scope.PRODUCER, ProducerConfig.MAX_BLOCK_MS_CONFIG)
                .flatMap(input -> inputs.time(Scope.PRODUCER, input.name()))
                .ifPresent(time -> belowPollInterval(ProducerConfig.MAX_BLOCK_MS_CONFIG, time));
    }

    private void withinEachOther(TransactionTimes times) {
        Duration transaction = Duration.ofMillis(times.transaction());
        Duration delivery = Duration.ofMillis(times.delivery());
        Duration request = Duration.ofMillis(times.request()).plusMillis(times.linger());
        if (times.transaction() < SHORTEST_TRANSACTION) {
            problems.add("kafka.producer.transaction.timeout.ms: '" + QuantityTypes.show(transaction)
                    + "' is too short: brokers would abort transactions before they can end. Write at least "
                    + SHORTEST_TRANSACTION);
        } else if (delivery.compareTo(transaction) > 0) {
            problems.add("kafka.producer.delivery.timeout.ms: '" + QuantityTypes.show(delivery)
                    + "' is more than Kafka's transaction.timeout.ms, which is " + QuantityTypes.show(transaction)
                    + ", so records would outlive their transaction. Write less, take it out, or raise"
                    + " kafka.producer.transaction.timeout.ms");
        } else if (request.compareTo(delivery) > 0) {
            problems.add("kafka.producer.request.timeout.ms and kafka.producer.linger.ms: together they are '"
                    + QuantityTypes.show(request) + "', more than Kafka's delivery.timeout.ms, which is "
                    + QuantityTypes.show(delivery) + ". Write less, or raise kafka.producer.delivery.timeout.ms and"
                    + " kafka.producer.transaction.timeout.ms, which must not be below that");
        }
    }

    // A consumer thread does not poll while it waits for its transaction.
    private void belowPollInterval(String name, Duration time) {
        inputs.time(Scope.CONSUMER, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG)
                .filter(poll -> time.compareTo(poll) >= 0)
                .ifPresent(poll -> problems.add("kafka.producer." + name + ": '" + QuantityTypes.show(time)
                        + "' is not below Kafka's max.poll.interval.ms, which is " + QuantityTypes.show(poll)
                        + ", so a consumer thread that waits for its transaction would lose its partitions. Write less,"
                        + " or raise kafka.consumer.max.poll.interval.ms"));
    }
}
