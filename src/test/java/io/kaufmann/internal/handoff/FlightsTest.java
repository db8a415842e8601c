package io.kaufmann.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FlightsTest {

    private final DeliveryBench bench = new DeliveryBench();
    private final Flights flights = new Flights();

    private Lane lane(String key) {
        return new Lane(bench.assignment.share(), key);
    }

    /** A lane of an assignment that is over, whose delivery a worker has. */
    private Lane left(String key) {
        Lane lane = lane(key);
        lane.append(bench.delivery(lane));
        bench.take();
        flights.leave(DeliveryBench.PARTITION, lane);
        return lane;
    }

    private Lane again(String key) {
        Lane lane = lane(key);
        flights.holdBehindPredecessor(DeliveryBench.PARTITION, lane);
        lane.append(bench.delivery(lane));
        return lane;
    }

    @Test
    void holdsAKeyThatComesBackUntilItsEarlierFlightIsThrough() {
        Lane before = left("ada");

        Lane now = again("ada");
        Lane other = again("eve");

        assertThat(bench.take()).isSameAs(other.head());
        assertThat(bench.queue.size()).isZero();
        before.head().finish(Outcome.DROPPED);
        assertThat(bench.take()).isSameAs(now.head());
        assertThat(flights.count()).isZero();
    }

    @Test
    void holdsThroughSeveralAssignments() {
        Lane first = left("ada");
        Lane second = again("ada");
        flights.leave(DeliveryBench.PARTITION, second);
        Lane third = again("ada");

        first.head().finish(Outcome.DROPPED);
        assertThat(bench.take()).isSameAs(second.head());
        assertThat(bench.queue.size()).isZero();
        second.head().finish(Outcome.DROPPED);

        assertThat(bench.take()).isSameAs(third.head());
        assertThat(flights.count()).isZero();
    }

    @Test
    void forgetsNothingButWhatIsThrough() {
        Lane idle = lane("idle");
        flights.leave(DeliveryBench.PARTITION, idle);
        assertThat(flights.count()).isZero();

        Lane before = left("ada");
        flights.leave(DeliveryBench.PARTITION, before);
        assertThat(flights.count()).isEqualTo(1);
        before.head().finish(Outcome.DONE);
        assertThat(flights.count()).isZero();
    }

    @Test
    void givesAPartitionToOneLoopAtATime() {
        Object one = new Object();
        Object other = new Object();

        assertThat(flights.claim(DeliveryBench.PARTITION, one)).isTrue();
        assertThat(flights.claim(DeliveryBench.PARTITION, one)).isTrue();
        assertThat(flights.claim(DeliveryBench.PARTITION, other)).isFalse();
        flights.release(DeliveryBench.PARTITION, other);
        assertThat(flights.claim(DeliveryBench.PARTITION, other)).isFalse();
        flights.release(DeliveryBench.PARTITION, one);
        assertThat(flights.claim(DeliveryBench.PARTITION, other)).isTrue();
    }

    /** The end of the earlier flight and the coming back of its key, at the same time. */
    @RepeatedTest(100)
    void neitherStrandsNorDoublesAKeyInARace() throws InterruptedException {
        List<Lane> before = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            before.add(left("key" + i));
        }
        Thread worker = new Thread(() -> before.forEach(lane -> lane.head().finish(Outcome.DROPPED)));
        worker.start();
        List<Lane> now = new ArrayList<>();
        for (int i = 49; i >= 0; i--) {
            now.add(again("key" + i));
        }
        worker.join();

        assertThat(bench.queue.size()).isEqualTo(50);
        assertThat(flights.count()).isZero();
        assertThat(now).noneMatch(Lane::isIdle);
    }
}
