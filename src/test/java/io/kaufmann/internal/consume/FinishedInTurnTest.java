package io.kaufmann.internal.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.internal.handoff.Assignment;
import io.kaufmann.internal.handoff.Completions;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.ParkedKeys;
import io.kaufmann.internal.handoff.Shares;
import io.kaufmann.internal.handoff.WorkQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FinishedInTurnTest {

    private final Assignment assignment = new Assignment(
            new TopicPartition("orders", 0),
            new Shares(new WorkQueue(10, error -> {}), 1, OptionalInt.empty()),
            new ParkedKeys(Map.of()));
    private final PartitionProgress<Delivery> progress = new PartitionProgress<>(10);
    private final FinishedInTurn finished = new FinishedInTurn(progress);
    private final List<Delivery> deliveries = new ArrayList<>();

    /** At offsets 10, 11, 13 and 14: 12 is a hole. */
    private void begin() {
        for (long offset : new long[] {10, 11, 13, 14}) {
            Delivery delivery = new Delivery(
                    new ConsumerRecord<>("orders", 0, offset, new byte[0], new byte[0]),
                    Optional.empty(),
                    assignment,
                    progress.nextTicket(),
                    new Lane(assignment.share(), offset),
                    new Completions(() -> {}));
            progress.begin(offset, delivery);
            deliveries.add(delivery);
        }
    }

    private void settle(int... indexes) {
        for (int index : indexes) {
            deliveries.get(index).settle();
            finished.settled();
        }
    }

    private List<Delivery> run() {
        return finished.run(delivery -> true);
    }

    @Test
    void takesNothingPastAnUnfinishedEvent() {
        begin();
        settle(0, 2);

        assertThat(run()).containsExactly(deliveries.get(0));
        assertThat(finished.offset()).isEqualTo(11);
        assertThat(finished.offsetAfter(run())).isEqualTo(11);
    }

    @Test
    void takesWhatWasFinishedOutOfTurnOnceItsTurnComes() {
        begin();
        settle(2, 1);
        assertThat(run()).isEmpty();

        settle(0);

        assertThat(run()).containsExactlyElementsOf(deliveries.subList(0, 3));
        assertThat(finished.offsetAfter(run())).isEqualTo(14);
    }

    @Test
    void stopsBeforeOneThatIsToBeLeftOut() {
        begin();
        settle(0, 1, 2);

        List<Delivery> run = finished.run(delivery -> delivery != deliveries.get(1));

        assertThat(run).containsExactly(deliveries.get(0));
        assertThat(finished.offsetAfter(run)).isEqualTo(11);
        assertThat(finished.offset()).isEqualTo(14);
    }

    @Test
    void isUnfinishedForTheProgressUntilItIsTaken() {
        begin();
        settle(0, 1, 2, 3);
        assertThat(progress.committable()).isEqualTo(10);

        finished.taken(deliveries.subList(0, 2));

        assertThat(progress.committable()).isEqualTo(13);
        assertThat(run()).containsExactlyElementsOf(deliveries.subList(2, 4));
        assertThat(finished.offsetAfter(run())).isEqualTo(15);
    }

    @Test
    void passesOverHolesWhenAllIsFinished() {
        begin();
        settle(0, 1, 2, 3);
        progress.advanceTo(20);

        assertThat(finished.offset()).isEqualTo(20);
        assertThat(finished.offsetAfter(run())).isEqualTo(20);
    }
}
