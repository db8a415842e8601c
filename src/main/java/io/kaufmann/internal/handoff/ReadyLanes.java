package io.kaufmann.internal.handoff;

import java.util.ArrayList;
import java.util.List;

/** Lanes that a consumer thread has got ready, on their way to the workers: many at once, since that is cheaper. One thread's. */
public final class ReadyLanes {

    private static final int MOST = 64;

    private final WorkQueue queue;
    private final List<Lane> ready = new ArrayList<>(MOST);

    ReadyLanes(WorkQueue queue) {
        this.queue = queue;
    }

    /** Takes one more. */
    public void add(Lane lane) {
        ready.add(lane);
        if (ready.size() >= MOST) {
            flush();
        }
    }

    /** Offers them. */
    public void flush() {
        queue.offer(ready);
        ready.clear();
    }
}
