package io.kaufmann.internal.work;

import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.time.Clock;
import java.util.function.Consumer;

/** A worker without a thread, whose turns its caller takes: the test kit, and the simulation. For one thread at a time. */
public final class WorkerTurns {

    private final Worker worker;

    /**
     * A worker of a queue.
     *
     * @param queue where it takes its work from
     * @param processor what it does with it
     * @param onFailure hears of an error that is no handler's, and so a bug
     */
    public WorkerTurns(WorkQueue queue, EventProcessor processor, Consumer<Throwable> onFailure) {
        this.worker = new Worker(queue, processor, Clock.system(), onFailure);
    }

    /** Does the next thing for a lane that waits. False when none does. */
    public boolean turn() {
        return worker.turn();
    }
}
