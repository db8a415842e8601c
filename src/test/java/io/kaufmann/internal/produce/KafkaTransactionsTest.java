package io.kaufmann.internal.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.event.EventName;
import io.kaufmann.internal.handoff.Assignment;
import io.kaufmann.internal.handoff.Completions;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.KeptAnswer;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.handoff.ParkedKeys;
import io.kaufmann.internal.handoff.Shares;
import io.kaufmann.internal.handoff.Transactions.Batch;
import io.kaufmann.internal.handoff.Transactions.Committed;
import io.kaufmann.internal.handoff.Transactions.NotCommitted;
import io.kaufmann.internal.handoff.Transactions.Refusal;
import io.kaufmann.internal.handoff.Transactions.Refused;
import io.kaufmann.internal.handoff.Transactions.ShutOut;
import io.kaufmann.internal.handoff.Transactions.Undecided;
import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.publish.Target;
import io.kaufmann.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over Kafka's mock producer, which knows the order of calls; how the real one fails is the simulation's and the broker tests'. */
class KafkaTransactionsTest {

    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final Set<String> gone = new HashSet<>();
    private final List<String> heard = new ArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Assignment assignment = new Assignment(
            PARTITION, new Shares(new WorkQueue(10, error -> {}), 1, OptionalInt.empty()), new ParkedKeys(Map.of()));
    private Runnable whenOpening = () -> {};
    private final KafkaTransactions transactions =
            new KafkaTransactions(this::open, new Known(), Telemetry.NONE, Clock.system(), thread);

    private MockProducer<byte[], byte[]> open() {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public void initTransactions() {
                        super.initTransactions();
                        whenOpening.run();
                    }
                };
        producers.add(producer);
        return producer;
    }

    private MockProducer<byte[], byte[]> producer() {
        return producers.get(producers.size() - 1);
    }

    /** All topics, but for those that are gone. */
    private final class Known implements Topics {

        @Override
        public void find(String topic, Answer answer) {
            if (gone.contains(topic)) {
                answer.unknown(PublishException.rejected("topic " + topic + " does not exist", null));
            } else {
                answer.partitions(1);
            }
        }

        @Override
        public void forget(String topic) {
            heard.add("forgets " + topic);
        }
    }

    @AfterEach
    void close() {
        transactions.close();
    }

    @Test
    void writesAnswersInOrderAndCommitsTheirOffsetsWithThem() {
        assertThat(transactions.commit(batch(delivery(0, "out"), delivery(1, "out"))))
                .isInstanceOf(Committed.class);

        assertThat(producer().history())
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactly("answer 0", "answer 1");
        assertThat(producer().consumerGroupOffsetsHistory())
                .containsExactly(Map.of("group", Map.of(PARTITION, new OffsetAndMetadata(2))));
        assertThat(heard).containsExactly("written 0", "written 1");
    }

    @Test
    void abortsWhatTheGroupRefuses() {
        transactions.open();
        producer().sendOffsetsToTransactionException = new CommitFailedException("on purpose");

        assertThat(transactions.commit(batch(delivery(0, "out")))).isInstanceOf(NotCommitted.class);

        assertThat(producer().transactionAborted()).isTrue();
        assertThat(producer().history()).isEmpty();
        assertThat(heard).isEmpty();
        producer().sendOffsetsToTransactionException = null;
        assertThat(transactions.commit(batch(delivery(0, "out")))).isInstanceOf(Committed.class);
        assertThat(producers).hasSize(1);
    }

    @Test
    void commitsOnceMoreWhatTimedOutAndAbortsItNever() {
        transactions.open();
        producer().commitTransactionException = new TimeoutException("on purpose");

        assertThat(transactions.commit(batch(delivery(0, "out")))).isInstanceOf(Undecided.class);
        assertThat(transactions.isUndecided()).isTrue();
        assertThat(transactions.decide()).isInstanceOf(Undecided.class);
        assertThatThrownBy(() -> transactions.commit(batch(delivery(1, "out"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(producer().transactionAborted()).isFalse();

        producer().commitTransactionException = null;
        assertThat(transactions.decide()).isInstanceOf(Committed.class);
        assertThat(transactions.isUndecided()).isFalse();
        assertThat(heard).containsExactly("written 0");
    }

    @Test
    void isShutOutByAnotherOfTheSameIdAndClosesItsProducer() {
        transactions.open();
        producer().fenceProducer();

        assertThat(transactions.commit(batch(delivery(0, "out")))).isInstanceOf(ShutOut.class);

        assertThat(producer().closed()).isTrue();
    }

    @Test
    void cannotTellWhatBecameOfOneThatWasShutOutWhileItWasCommitted() {
        transactions.open();
        producer().commitTransactionException = new ProducerFencedException("on purpose");
        producer().abortTransactionException = new ProducerFencedException("on purpose");

        assertThat(transactions.commit(batch(delivery(0, "out")))).isInstanceOf(ShutOut.class);

        assertThat(producer().closed()).isTrue();
    }

    @Test
    void opensAnotherProducerWhenOneCannotEvenAbort() {
        transactions.open();
        producer().sendOffsetsToTransactionException = new TimeoutException("on purpose");
        producer().abortTransactionException = new TimeoutException("on purpose");

        assertThat(transactions.commit(batch(delivery(0, "out")))).isInstanceOf(NotCommitted.class);
        assertThat(producer().closed()).isTrue();

        assertThat(transactions.commit(batch(delivery(0, "out")))).isInstanceOf(Committed.class);
        assertThat(producers).hasSize(2);
    }

    @Test
    void closesAProducerThatIsRefused() {
        whenOpening = () -> {
            throw new TimeoutException("on purpose");
        };

        assertThat(transactions.commit(batch(delivery(0, "out")))).isInstanceOf(NotCommitted.class);

        assertThat(producer().closed()).isTrue();
    }

    @Test
    void refusesAnswersForATopicThatIsGoneAndSpoilsNoTransactionByThem() {
        gone.add("gone");
        Delivery guilty = delivery(1, "gone");

        assertThat(transactions.commit(batch(delivery(0, "out"), guilty)))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.refusals()).extracting(Refusal::delivery).containsExactly(guilty);
                    assertThat(refused.refusals()).allMatch(Refusal::isProven);
                });

        assertThat(producer().sentOffsets()).isFalse();
        assertThat(producer().transactionInFlight()).isFalse();
    }

    /** It was opening a producer when nobody waited for it any more. */
    @Test
    void leavesNoProducerBehindThatWasOpenedTooLate() {
        whenOpening = transactions::close;

        assertThat(transactions.commit(batch(delivery(0, "out")))).isInstanceOf(NotCommitted.class);

        assertThat(producer().closed()).isTrue();
        assertThatThrownBy(transactions::open).isInstanceOf(KafkaException.class);
        assertThat(producers).hasSize(1);
    }

    @SuppressWarnings("removal") // A consumer's own would need a broker.
    private Batch batch(Delivery... deliveries) {
        return new Batch(
                List.of(deliveries),
                Map.of(PARTITION, new OffsetAndMetadata(deliveries.length)),
                new ConsumerGroupMetadata("group"));
    }

    private Delivery delivery(int number, String topic) {
        Delivery delivery = new Delivery(
                new ConsumerRecord<>("orders", 0, number, new byte[0], new byte[0]),
                Optional.of(EventName.of("order.placed")),
                assignment,
                number,
                new Lane(assignment.share(), number),
                new Completions(() -> {}));
        byte[] value = ("answer " + number).getBytes(UTF_8);
        OutgoingRecord record = new OutgoingRecord(
                EventName.of("order.accepted"),
                Target.defaultTopic(),
                topic,
                count -> OptionalInt.empty(),
                null,
                value,
                new RecordHeaders(),
                OptionalLong.empty());
        delivery.keep(new KeptAnswer(record, new ProducerRecord<>(topic, value), 1, new Outbox.Acknowledgement() {
            @Override
            public void written(Written written) {
                heard.add("written " + number);
            }

            @Override
            public void failed(PublishException error) {
                heard.add("failed " + number);
            }
        }));
        return delivery;
    }
}
