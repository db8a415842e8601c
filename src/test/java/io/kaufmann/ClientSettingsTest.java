package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kaufmann.handler.Ordering;
import io.kaufmann.internal.assembly.Parts;
import io.kaufmann.publish.ProducerFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClientSettingsTest {

    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private static Object linger(KaufmannConfig.Builder config) {
        return ClientSettings.of(config.build()).producer().get("linger.ms");
    }

    private static Map<String, Object> transactional(KaufmannConfig.Builder config) {
        return ClientSettings.of(config.build()).transactional().orElseThrow();
    }

    private static Object id(KaufmannConfig.Builder config) {
        return transactional(config).get("transactional.id");
    }

    private static KaufmannConfig.Builder exactlyOnce() {
        return ExactlyOnceSettingsTest.exactlyOnce();
    }

    /** In order, the next event waits for the acknowledgement of the last one's replies. */
    @Test
    void doesNotLetAProducerLingerWhereEventsAreInOrder() {
        assertThat(linger(Samples.essentials())).isNull();
        assertThat(linger(Samples.essentials().ordering(Ordering.KEY))).isEqualTo(0);
        assertThat(linger(Samples.essentials().ordering(Ordering.PARTITION))).isEqualTo(0);
    }

    @Test
    void leavesItToWhoeverSetsIt() {
        assertThat(linger(Samples.essentials().ordering(Ordering.KEY).kafkaProducer("linger.ms", "7")))
                .hasToString("7");
    }

    @Test
    void sendsInTransactionsAndReadsWhatIsCommittedWithExactlyOnceOnly() {
        Parts.Clients plain = ClientSettings.of(Samples.essentials().build());
        Parts.Clients exact = ClientSettings.of(exactlyOnce().build());

        assertThat(plain.transactional()).isEmpty();
        assertThat(plain.consumer()).doesNotContainKey("isolation.level");
        assertThat(exact.consumer()).containsEntry("isolation.level", "read_committed");
        assertThat(exact.producer()).isEqualTo(withoutHost(plain.producer(), exact.producer()));
        assertThat(exact.transactional().orElseThrow())
                .containsAllEntriesOf(Map.of(
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "partitioner.ignore.keys",
                        true,
                        "max.block.ms",
                        5_000))
                .containsEntry("client.id", exact.producer().get("client.id") + "-tx");
    }

    // The service's id is random where the host has no name.
    private static Map<String, Object> withoutHost(Map<String, Object> settings, Map<String, Object> other) {
        Map<String, Object> same = new HashMap<>(settings);
        same.put("client.id", other.get("client.id"));
        return same;
    }

    /** A replay publishes nothing, and is not to end the transactions of the service that it stands in for. */
    @Test
    void replaysWithoutTransactions() {
        Parts.Clients clients = ClientSettings.forReplay(
                exactlyOnce().kafkaConsumer("group.instance.id", "greeter-0").build());

        assertThat(clients.transactional()).isEmpty();
        assertThat(clients.consumer())
                .doesNotContainKey("group.instance.id")
                .containsEntry("isolation.level", "read_committed");
    }

    @Test
    void anInstanceWithANameInTheGroupKeepsItsTransactionalIds() {
        assertThat(id(exactlyOnce().kafkaConsumer("group.instance.id", "pod-0")))
                .isEqualTo("greeter:pod-0");
        assertThat(id(exactlyOnce().kafka("group.instance.id", "pod-0").transactionalIdPrefix("mine")))
                .isEqualTo("mine");
    }

    @Test
    void otherInstancesNeverShareATransactionalId() {
        KaufmannConfig config = exactlyOnce().build();

        Object first = ClientSettings.of(config).transactional().orElseThrow().get("transactional.id");
        Object second = ClientSettings.of(config).transactional().orElseThrow().get("transactional.id");

        assertThat(first).asString().matches("greeter:" + UUID);
        assertThat(second).asString().matches("greeter:" + UUID);
        assertThat(first).isNotEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What is set; transaction, delivery, request and linger.
                "                                              | 10000 | 10000 | 4997  | 5",
                "transaction.timeout.ms=60000                  | 60000 | 60000 | 5000  | 5",
                "transaction.timeout.ms=3000                   | 3000  | 3000  | 1497  | 5",
                "delivery.timeout.ms=4000                      | 10000 | 4000  | 1997  | 5",
                "delivery.timeout.ms=4000,linger.ms=1000       | 10000 | 4000  | 1500  | 1000",
                "linger.ms=10000,transaction.timeout.ms= 20000 | 20000 | 20000 | 5000  | 10000",
                "request.timeout.ms=9000                       | 10000 | 10000 | 9000  | 5",
                "request.timeout.ms=10000                      | 10000 | 10000 | 10000 | 0",
            })
    void theTimesOfATransactionFitIntoEachOther(
            String set, long transaction, long delivery, long request, long linger) {
        KaufmannConfig.Builder config = exactlyOnce();
        Stream.ofNullable(set)
                .flatMap(all -> Stream.of(all.split(",", -1)))
                .map(one -> one.split("=", -1))
                .forEach(one -> config.kafkaProducer(one[0], one[1]));

        assertThat(TransactionTimes.of(transactional(config)))
                .isEqualTo(new TransactionTimes(transaction, delivery, request, linger));
    }

    static Stream<KaufmannConfig.Builder> edges() {
        return Stream.of(
                exactlyOnce(),
                exactlyOnce().kafkaProducer("transaction.timeout.ms", "1000"),
                exactlyOnce().kafkaProducer("linger.ms", "9999"),
                exactlyOnce().kafkaProducer("delivery.timeout.ms", "2"),
                exactlyOnce().kafkaProducer("request.timeout.ms", "10000"),
                exactlyOnce().kafkaProducer("delivery.timeout.ms", "7000").kafkaProducer("linger.ms", "6000"));
    }

    /** What the checks let pass must not be refused by Kafka later. */
    @ParameterizedTest
    @MethodSource("edges")
    void kafkaMakesAProducerOfThem(KaufmannConfig.Builder config) {
        Parts.Clients clients = ClientSettings.of(config.build());

        assertThatCode(() -> ProducerFactory.kafka()
                        .create(clients.transactional().orElseThrow())
                        .close(Duration.ZERO))
                .doesNotThrowAnyException();
    }
}
