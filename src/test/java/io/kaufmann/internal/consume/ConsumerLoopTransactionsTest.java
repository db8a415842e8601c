package io.kaufmann.internal.consume;

import static io.kaufmann.internal.consume.LoopBench.P0;
import static io.kaufmann.internal.consume.LoopBench.finish;
import static io.kaufmann.internal.consume.LoopBench.offsets;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.EventName;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.KeptAnswer;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.produce.KafkaTransactions;
import io.kaufmann.internal.produce.Topics;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.publish.Target;
import io.kaufmann.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a loop does that commits answers with their offsets, over Kafka's mock producer. */
@Timeout(60)
class ConsumerLoopTransactionsTest {

    private final LoopBench bench = new LoopBench();
    private final ScriptedConsumer consumer = bench.consumer;
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SimExecutor thread = new SimExecutor();
    private final List<Long> dropped = new ArrayList<>();

    ConsumerLoopTransactionsTest() {
        bench.transactions = Optional.of(
                new KafkaTransactions(() -> producer, new AllTopics(), Telemetry.NONE, bench.clock, thread));
    }

    private static final class AllTopics implements Topics {

        @Override
        public void find(String topic, Answer answer) {
            answer.partitions(1);
        }

        @Override
        public void forget(String topic) {
            // There is nothing to be looked up.
        }
    }

    @AfterEach
    void speak() {
        bench.close();
    }

    @Test
    void commitsOfWhatIsFinishedWhatIsSoInTurnWithItsAnswers() {
        List<Delivery> taken = read(4);
        answer(taken.get(0), taken.get(1), taken.get(3));
        commit();

        assertThat(answers()).containsExactly("answer 0", "answer 1");
        assertThat(commits()).extracting(OffsetAndMetadata::offset).containsExactly(2L);

        answer(taken.get(2));
        commit();

        assertThat(answers()).containsExactly("answer 0", "answer 1", "answer 2", "answer 3");
        assertThat(commits()).extracting(OffsetAndMetadata::offset).containsExactly(2L, 4L);
        assertThat(dropped).isEmpty();
    }

    @Test
    void readsOnWhileATransactionIsOnItsWay() {
        answer(read(2).get(0));
        bench.commit();
        assertThat(thread.hasWork()).isTrue();
        consumer.writeAll(List.of(P0), 1);
        bench.turns(2);

        assertThat(offsets(bench.takeAll())).containsExactly(2L);
        assertThat(answers()).isEmpty();
    }

    @Test
    void commitsTheFinishedPrefixOfAPartitionThatIsRevokedAndDropsTheRest() {
        List<Delivery> taken = read(4);
        answer(taken.get(0), taken.get(1), taken.get(3));

        consumer.duringPoll.add(() -> consumer.revoke(P0));
        bench.turns(2);

        assertThat(answers()).containsExactly("answer 0", "answer 1");
        assertThat(commits()).extracting(OffsetAndMetadata::offset).containsExactly(2L);
        assertThat(dropped).containsExactly(3L);

        answer(taken.get(2));
        commit();

        assertThat(answers()).containsExactly("answer 0", "answer 1");
        assertThat(dropped).containsExactly(3L, 2L);
    }

    @Test
    void handsOutNoMoreWhileWhatItKeepsTakesItsRoom() {
        bench.maxBytes = 1_000;
        bench.maxEvents = 4;
        List<Delivery> taken = read(10);
        assertThat(taken).hasSize(4);
        taken.forEach(delivery -> answer(delivery, "x".repeat(300)));
        bench.turns(3);

        assertThat(bench.takeAll()).isEmpty();

        commit();
        bench.turn();

        assertThat(offsets(bench.takeAll())).containsExactly(4L, 5L, 6L, 7L);
    }

    @Test
    void tellsOfAParkedKeyOnlyWithTheEventThatParkedIt() {
        List<Delivery> taken = read(3);
        taken.get(2).assignment().parked().failed("key", 2);
        answer(taken.get(0), taken.get(2));
        commit();
        answer(taken.get(1));
        commit();

        assertThat(commits())
                .extracting(commit -> CommitMetadata.parse(commit.metadata(), commit.offset())
                        .parked()
                        .isEmpty())
                .containsExactly(true, false);
    }

    private List<Delivery> read(int events) {
        consumer.writeAll(List.of(P0), events);
        bench.start(P0);
        return bench.takeAll();
    }

    /** Takes turns until what is due is committed and that is known. */
    private void commit() {
        bench.turn();
        bench.commit();
        thread.turn();
        bench.turn();
    }

    private List<String> answers() {
        return producer.history().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private List<OffsetAndMetadata> commits() {
        return producer.consumerGroupOffsetsHistory().stream()
                .flatMap(groups -> groups.values().stream())
                .map((Map<TopicPartition, OffsetAndMetadata> offsets) -> offsets.get(P0))
                .toList();
    }

    private void answer(Delivery... deliveries) {
        for (Delivery delivery : deliveries) {
            answer(delivery, "answer " + delivery.record().offset());
        }
    }

    private void answer(Delivery delivery, String text) {
        byte[] value = text.getBytes(UTF_8);
        OutgoingRecord record = new OutgoingRecord(
                EventName.of("order.accepted"),
                Target.defaultTopic(),
                "out",
                count -> OptionalInt.empty(),
                null,
                value,
                new RecordHeaders(),
                OptionalLong.empty());
        delivery.keep(new KeptAnswer(record, new ProducerRecord<>("out", value), 1, new Outbox.Acknowledgement() {
            @Override
            public void dropped() {
                dropped.add(delivery.record().offset());
            }

            @Override
            public void written(Written written) {
                // The producer's history tells it.
            }

            @Override
            public void failed(PublishException error) {
                throw new AssertionError("Nothing is refused", error);
            }
        }));
        finish(delivery);
    }
}
