package io.kaufmann.internal.handoff;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What several threads touch in the hand-over of events, at any interleaving and on any memory model the JVM allows. */
public class HandoffStress {

    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    /** A queue, one partition's share of one worker, and deliveries. */
    static class Bench {
        final WorkQueue queue = new WorkQueue(8, error -> {});
        final Shares shares = new Shares(queue, 1, OptionalInt.empty());
        final Assignment assignment = new Assignment(PARTITION, shares, new ParkedKeys());
        final AtomicInteger wakes = new AtomicInteger();
        final Completions completions = new Completions(wakes::incrementAndGet);

        Delivery delivery(Lane lane, long offset) {
            return new Delivery(
                    new ConsumerRecord<>("orders", 0, offset, new byte[0], new byte[0]),
                    Optional.empty(),
                    assignment,
                    offset,
                    lane,
                    completions);
        }

        Lane lane() {
            return new Lane(assignment.share(), this);
        }

        /** A worker has taken the lane of this delivery. */
        void take(Delivery delivery) {
            delivery.lane().append(delivery);
            queue.poll();
        }

        /** A worker runs it. */
        void run(Delivery delivery) {
            take(delivery);
            delivery.start();
        }

        int drained() {
            int[] count = {0};
            completions.drain(delivery -> count[0]++);
            return count[0];
        }
    }

    /** A drain that sees nothing running must not be followed by a start. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "started before the drain, which sees it")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the drain came first")
    @Outcome(expect = FORBIDDEN)
    @State
    public static class DrainAgainstStart extends Bench {

        @Actor
        public void worker(II_Result r) {
            r.r1 = assignment.tryStart() ? 1 : 0;
        }

        @Actor
        public void consumer(II_Result r) {
            assignment.drain();
            r.r2 = assignment.running();
        }
    }

    /** A consumer thread that sees nothing running finds the completion. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "still running")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "completed, and not counted down yet")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "completed")
    @Outcome(expect = FORBIDDEN)
    @State
    public static class FinishAgainstDrain extends Bench {
        private final Lane lane = lane();
        private final Delivery delivery = delivery(lane, 0);

        public FinishAgainstDrain() {
            run(delivery);
        }

        @Actor
        public void worker() {
            delivery.finish(io.kaufmann.internal.handoff.Outcome.DONE);
        }

        @Actor
        public void consumer(II_Result r) {
            r.r1 = assignment.running();
            r.r2 = drained();
        }
    }

    /** Two ends of one delivery: it completes once. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE)
    @Outcome(expect = FORBIDDEN)
    @State
    public static class TwoEnds extends Bench {
        private final Lane lane = lane();
        private final Delivery delivery = delivery(lane, 0);

        public TwoEnds() {
            run(delivery);
        }

        @Actor
        public void worker() {
            delivery.finish(io.kaufmann.internal.handoff.Outcome.DONE);
        }

        @Actor
        public void timer() {
            delivery.finish(io.kaufmann.internal.handoff.Outcome.DROPPED);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = drained();
            r.r2 = assignment.running();
        }
    }

    /** A delivery that comes as the lane's head ends is in the queue afterwards, once. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE)
    @Outcome(expect = FORBIDDEN)
    @State
    public static class AppendAgainstAdvance extends Bench {
        private final Lane lane = lane();
        private final Delivery first = delivery(lane, 0);
        private final Delivery second = delivery(lane, 1);

        public AppendAgainstAdvance() {
            take(first);
        }

        @Actor
        public void consumer() {
            lane.append(second);
        }

        @Actor
        public void worker() {
            lane.advance(first);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = queue.size();
            r.r2 = lane.head() == second ? 1 : 0;
        }
    }

    /** A delivery that comes as its lane is let go is in the queue afterwards, once. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE)
    @Outcome(expect = FORBIDDEN)
    @State
    public static class AppendAgainstLetGo extends Bench {
        private final Lane lane = lane();
        private final Delivery only = delivery(lane, 0);

        public AppendAgainstLetGo() {
            lane.hold();
        }

        @Actor
        public void consumer() {
            lane.append(only);
        }

        @Actor
        public void worker() {
            lane.letGo();
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = queue.size();
            r.r2 = lane.head() == only ? 1 : 0;
        }
    }

    /** A worker that comes to a full share as another is through either works or leaves its lane in the queue. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "it works")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the lane is in the queue again")
    @Outcome(expect = FORBIDDEN)
    @State
    public static class EnterAgainstRelease extends Bench {
        private final Lane next = lane();

        public EnterAgainstRelease() {
            assignment.share().enter(lane());
            next.add(delivery(next, 1));
        }

        @Actor
        public void oneWorker() {
            assignment.share().enter(next);
        }

        @Actor
        public void otherWorker() {
            assignment.share().release();
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = queue.size();
            r.r2 = assignment.share().taken();
        }
    }

    /** Either the handler returns in time or its time is ended. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "in time")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "too late")
    @Outcome(expect = FORBIDDEN)
    @State
    public static class ReturnAgainstLimit extends Bench {
        private final Lane lane = lane();
        private final HandlerCall call;

        public ReturnAgainstLimit() {
            Delivery delivery = delivery(lane, 0);
            take(delivery);
            call = new HandlerCall(delivery, new Outbox.Cause(null, Optional.empty()), new Thread(), 0);
        }

        @Actor
        public void worker(ZZ_Result r) {
            r.r1 = call.returned();
        }

        @Actor
        public void timer(ZZ_Result r) {
            r.r2 = call.endTime();
        }
    }

    /** A loop that asks to be woken at the end of an event either sees that it has ended or is woken. */
    @JCStressTest
    @Outcome(id = "false, false", expect = FORBIDDEN, desc = "the wake-up is lost")
    @Outcome(expect = ACCEPTABLE)
    @State
    public static class EndAgainstAsk extends Bench {

        @Actor
        public void worker(ZZ_Result r) {
            r.r1 = assignment.isEnoughEnded();
        }

        @Actor
        public void consumer(ZZ_Result r) {
            assignment.wakeAt(1);
            r.r2 = assignment.hasRoomAgain();
        }
    }

    /** The end of an assignment as the lane's head ends: both its deliveries end, once, and the lane is idle. */
    @JCStressTest
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "the second was dropped where it waited")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the second is with the workers, to be dropped")
    @Outcome(expect = FORBIDDEN)
    @State
    public static class HurryAgainstFinish extends Bench {
        private final Lane lane = lane();
        private final Delivery first = delivery(lane, 0);

        public HurryAgainstFinish() {
            run(first);
            lane.append(delivery(lane, 1));
        }

        @Actor
        public void worker() {
            first.finish(io.kaufmann.internal.handoff.Outcome.DONE);
        }

        @Actor
        public void consumer() {
            assignment.drain();
            lane.hurry();
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = drained();
            r.r2 = queue.size();
        }
    }

    /** The end of an assignment as its held lane is let go: the head goes to the workers once. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE)
    @Outcome(expect = FORBIDDEN)
    @State
    public static class HurryAgainstLetGo extends Bench {
        private final Lane lane = lane();
        private final Delivery only = delivery(lane, 0);

        public HurryAgainstLetGo() {
            lane.hold();
            lane.append(only);
        }

        @Actor
        public void consumer() {
            assignment.drain();
            lane.hurry();
        }

        @Actor
        public void worker() {
            lane.letGo();
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = queue.size();
            r.r2 = lane.head() == only ? 1 : 0;
        }
    }

    /** The end of an assignment as the timer wakes what sleeps: it goes to the workers once. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE)
    @Outcome(expect = FORBIDDEN)
    @State
    public static class HurryAgainstWake extends Bench {
        private final Lane lane = lane();
        private final Delivery only = delivery(lane, 0);

        public HurryAgainstWake() {
            take(only);
            only.sleep(seat -> {});
        }

        @Actor
        public void consumer() {
            assignment.drain();
            lane.hurry();
        }

        @Actor
        public void timer() {
            only.wake();
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = queue.size();
            r.r2 = only.takeNextStep().isPresent() ? 1 : 0;
        }
    }

    /** What goes to sleep as its assignment ends does not sleep on. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE)
    @Outcome(expect = FORBIDDEN)
    @State
    public static class HurryAgainstSleep extends Bench {
        private final Lane lane = lane();
        private final Delivery only = delivery(lane, 0);

        public HurryAgainstSleep() {
            take(only);
        }

        @Actor
        public void consumer() {
            assignment.drain();
            lane.hurry();
        }

        @Actor
        public void worker() {
            only.sleep(seat -> {});
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = queue.size();
            r.r2 = only.takeNextStep().isPresent() ? 1 : 0;
        }
    }

    /** A lane that is left behind as its last delivery ends is not remembered for ever. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE)
    @Outcome(expect = FORBIDDEN)
    @State
    public static class LeaveAgainstFinish extends Bench {
        private final Flights flights = new Flights();
        private final Lane lane = lane();
        private final Delivery only = delivery(lane, 0);

        public LeaveAgainstFinish() {
            run(only);
        }

        @Actor
        public void consumer() {
            flights.leave(PARTITION, lane);
        }

        @Actor
        public void worker() {
            only.finish(io.kaufmann.internal.handoff.Outcome.DONE);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = flights.count();
            r.r2 = lane.isIdle() ? 1 : 0;
        }
    }

    /** A key that comes back as its predecessor ends is held back no longer, and goes to the workers once. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE)
    @Outcome(expect = FORBIDDEN)
    @State
    public static class ComeBackAgainstFinish extends Bench {
        private final Flights flights = new Flights();
        private final Lane before = lane();
        private final Delivery last = delivery(before, 0);
        private final Lane now = lane();

        public ComeBackAgainstFinish() {
            run(last);
            flights.leave(PARTITION, before);
        }

        @Actor
        public void consumer() {
            flights.holdBehindPredecessor(PARTITION, now);
            now.append(delivery(now, 0));
        }

        @Actor
        public void worker() {
            last.finish(io.kaufmann.internal.handoff.Outcome.DONE);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = queue.size();
            r.r2 = flights.count();
        }
    }

    /** An event is parked behind the last of a round as that comes back: the key waits for it, or it is not of that round. */
    @JCStressTest
    @Outcome(id = "7", expect = ACCEPTABLE, desc = "parked first: the round goes on until it has come back too")
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "the key was free first")
    @Outcome(expect = FORBIDDEN)
    @State
    public static class ParkAgainstRedrive {
        private final ParkedKeys keys = new ParkedKeys();

        public ParkAgainstRedrive() {
            keys.failed("key", 5);
        }

        @Actor
        public void worker() {
            keys.parked("key", 7);
        }

        @Actor
        public void other() {
            keys.redriven("key", 5);
        }

        @Arbiter
        public void look(J_Result r) {
            r.r1 = keys.round("key").map(ParkedKeys.Round::last).orElse(-1L);
        }
    }
}
