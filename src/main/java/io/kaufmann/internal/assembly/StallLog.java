package io.kaufmann.internal.assembly;

import io.kaufmann.internal.consume.ConsumerThread;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.HandlerCall;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import io.kaufmann.internal.work.WorkerPool;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each stall in one line when it is found, and again every few minutes while it lasts. For the timer's thread. */
final class StallLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.kaufmann.stalls");
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(5);
    private static final int DEEPEST_STACK = 40;

    private final WorkerPool workers;
    private final Clock clock;
    private final Map<Object, Deadline> told = new HashMap<>();

    StallLog(WorkerPool workers, Clock clock) {
        this.workers = workers;
        this.clock = clock;
    }

    /** These are all the stalls that there are. */
    void tell(List<Stall> stalls) {
        Set<Object> present = stalls.stream().map(Stall::what).collect(Collectors.toSet());
        if (told.keySet().retainAll(present) && present.isEmpty()) {
            LOG.info("Nothing is stalled any more");
        }
        for (Stall stall : stalls) {
            Deadline next = told.get(stall.what());
            if (next == null || next.isOver()) {
                told.put(stall.what(), Deadline.in(BETWEEN_LINES, clock));
                LOG.warn("STALLED: {}. {}", stall.text(), place(stall.what()));
            }
        }
    }

    private String place(Object what) {
        if (what instanceof ConsumerThread consumer) {
            return "It is at " + stack(consumer.stackTrace());
        }
        if (!(what instanceof Delivery delivery)) {
            return "The log tells why";
        }
        return "Nothing beyond it is committed. "
                + call(delivery)
                        .map(running -> running.thread().getName() + " is at "
                                + stack(running.thread().getStackTrace()))
                        .orElse("No worker is in its handler");
    }

    /** The call of its handler, or of that of the event that it waits for. */
    private Optional<HandlerCall> call(Delivery delivery) {
        return workers.calls()
                .filter(running -> running.delivery() == delivery)
                .findFirst()
                .or(() -> workers.calls()
                        .filter(running -> isOfSameLane(running.delivery(), delivery))
                        .findFirst());
    }

    private static boolean isOfSameLane(Delivery one, Delivery other) {
        return one.assignment().partition().equals(other.assignment().partition())
                && one.lane().key().equals(other.lane().key());
    }

    /** A stack in one line, as far as it tells something. */
    static String stack(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .limit(DEEPEST_STACK)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }
}
