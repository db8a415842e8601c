package io.kaufmann.internal.assembly;

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
    private final Map<Delivery, Deadline> told = new HashMap<>();

    StallLog(WorkerPool workers, Clock clock) {
        this.workers = workers;
        this.clock = clock;
    }

    /** These are all the stalls that there are. */
    void tell(List<Stall> stalls) {
        Set<Delivery> present = stalls.stream().map(Stall::delivery).collect(Collectors.toSet());
        if (told.keySet().retainAll(present) && present.isEmpty()) {
            LOG.info("Nothing is stalled any more");
        }
        for (Stall stall : stalls) {
            Deadline next = told.get(stall.delivery());
            if (next == null || next.isOver()) {
                told.put(stall.delivery(), Deadline.in(BETWEEN_LINES, clock));
                LOG.warn("STALLED: {}. Nothing beyond it is committed. {}", stall, place(stall.delivery()));
            }
        }
    }

    private String place(Delivery delivery) {
        Optional<HandlerCall> call = workers.calls()
                .filter(running -> running.delivery() == delivery)
                .findFirst();
        return call.map(running -> running.thread().getName() + " is at " + stack(running.thread()))
                .orElse("No worker is in its handler");
    }

    private static String stack(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .limit(DEEPEST_STACK)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }
}
