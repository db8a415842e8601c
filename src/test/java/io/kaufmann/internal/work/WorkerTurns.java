package io.kaufmann.internal.work;

import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.time.Clock;
import java.util.function.Consumer;

/** A worker without a thread, whose turns the simulation takes. For one thread. */
public final class WorkerTurns {

    private final Worker worker;

    /** A worker that takes its work from this queue. */
    public WorkerTurns(WorkQueue queue, EventProcessor processor, Consumer<Throwable> onFailure) {
        this.worker = new Worker(queue, processor, Clock.system(), onFailure);
    }

    /** Does the next thing for a lane that waits. False when none does. */
    public boolean turn() {
        return worker.turn();
    }
}
