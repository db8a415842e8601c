package io.kaufmann;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How long the steps of a transaction may take, in milliseconds: as a producer's settings say, and where they say nothing, so
 * that each fits into the next.
 *
 * @param transaction after what time brokers abort it
 * @param delivery after what time a record of it is given up
 * @param request how long one answer of a broker is waited for
 * @param linger how long a record waits for company
 */
record TransactionTimes(long transaction, long delivery, long request, long linger) {

    /** Kafka's names of these. */
    static final List<String> NAMES = List.of(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            ProducerConfig.LINGER_MS_CONFIG);

    // What a killed instance leaves open keeps its partitions' next owner, and all readers, waiting for so long.
    private static final long TRANSACTION = 10_000;
    private static final long LONGEST_REQUEST = 5_000;
    private static final long LINGER = 5;

    /** Of a producer with these settings; what is no number counts as not set. */
    static TransactionTimes of(Map<String, ?> settings) {
        long transaction = number(settings, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION);
        long delivery = number(settings, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, transaction);
        // Its records come at once, and its commit sends what lingers: so batches are full, and nothing waits. Unless
        // there is no room for it beside a request's time-out that was set.
        boolean fits = number(settings, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1) + LINGER <= delivery;
        long linger = number(settings, ProducerConfig.LINGER_MS_CONFIG, fits ? LINGER : 0);
        // Half of it: one that gets no answer can be tried again.
        long request = Math.min(LONGEST_REQUEST, Math.max(1, (delivery - linger) / 2));
        return new TransactionTimes(
                transaction, delivery, number(settings, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, request), linger);
    }

    /** Whether a value that was set is a number, and no text that is filled in later. */
    static boolean isNumber(Object value) {
        try {
            Long.parseLong(Objects.toString(value).strip());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static long number(Map<String, ?> settings, String name, long fallback) {
        Object value = settings.get(name);
        return isNumber(value) ? Long.parseLong(Objects.toString(value).strip()) : fallback;
    }

    /** Adds to the settings of a producer those that are not there. */
    void addTo(Map<String, Object> settings) {
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, linger);
        settings.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(transaction));
        settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(delivery));
        settings.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(request));
    }
}
