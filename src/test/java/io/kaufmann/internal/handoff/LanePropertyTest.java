package io.kaufmann.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A lane against a plain model of it: a queue, whether it is held, and whether its head is with the workers. */
class LanePropertyTest {

    // Of one try.
    private DeliveryBench bench;
    private Lane lane;

    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private final List<Delivery> handed = new ArrayList<>();
    private final List<Delivery> appended = new ArrayList<>();
    private boolean held;
    private boolean headIsOut;

    @Property
    void handsOutOneAfterTheOtherAndNoneThatBeginsWhileItIsHeld(
            @ForAll @Size(max = 120) List<@IntRange(max = 99) Integer> steps) {
        bench = new DeliveryBench();
        lane = bench.lane();
        waiting.clear();
        handed.clear();
        appended.clear();
        headIsOut = false;
        held = false;
        for (int step : steps) {
            take(step);
            look();
        }
        if (held) {
            held = false;
            lane.letGo();
            look();
        }
        while (headIsOut) {
            end();
            look();
        }
        assertThat(handed).containsExactlyElementsOf(appended);
        assertThat(lane.isIdle()).isTrue();
    }

    private void take(int step) {
        if (step < 45) {
            Delivery delivery = bench.delivery(lane);
            appended.add(delivery);
            waiting.add(delivery);
            lane.append(delivery);
        } else if (step < 80 && headIsOut) {
            end();
        } else if (step < 90) {
            held = true;
            lane.hold();
        } else {
            held = false;
            lane.letGo();
        }
    }

    private void end() {
        headIsOut = false;
        lane.advance(waiting.remove());
    }

    /** What the model says of it now: the head is out, unless the lane is held, and it is out once. */
    private void look() {
        boolean comesOut = !headIsOut && !held && !waiting.isEmpty();
        assertThat(bench.queue.size()).isEqualTo(comesOut ? 1 : 0);
        if (comesOut) {
            Delivery head = bench.take();
            assertThat(head).isSameAs(waiting.peek());
            handed.add(head);
            headIsOut = true;
        }
        assertThat(lane.isIdle()).isEqualTo(waiting.isEmpty() && !held);
    }
}
