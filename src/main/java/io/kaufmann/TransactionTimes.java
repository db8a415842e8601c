package io.kaufmann;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** How long the steps of a transaction may take: from the producer's settings, or fitting into each other by default. */
final class TransactionTimes {

    // What a killed instance leaves open keeps its partitions' next owner, and all readers, waiting for so long.
    static final int TRANSACTION = 10_000;
    private static final int REQUEST = 5_000;

    private TransactionTimes() {}

    /** Adds those that are not among the settings of a producer. */
    static void addDefaults(Map<String, Object> settings) {
        // The consumer thread waits for what it sends: lingering for more would make it wait for nothing.
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION);
        settings.putIfAbsent(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, settings.get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG));
        settings.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST);
    }
}
