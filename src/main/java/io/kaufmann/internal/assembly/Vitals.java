package io.kaufmann.internal.assembly;

import io.kaufmann.health.State;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Tells what only a restart mends: threads that have died, and those that hang. Thread-safe. */
final class Vitals {

    private final Watched watched;
    private final Supplier<State> state;
    private final Clock clock;
    // Until when the timer must come again; null before it came first. Any thread.
    private volatile Deadline timerDue;

    Vitals(Watched watched, Supplier<State> state, Clock clock) {
        this.watched = watched;
        this.state = state;
        this.clock = clock;
    }

    /** The timer does its work. For its thread. */
    void timerIsHere() {
        timerDue = Deadline.in(watched.limits().longestTurn(), clock);
    }

    /** What is wrong, each in a sentence. */
    List<String> failures() {
        // Looked at before the state: threads that end after that are ended by it.
        List<String> ended = ended();
        State now = state.get();
        List<String> failures = new ArrayList<>();
        if (now == State.RUNNING) {
            failures.addAll(ended);
        }
        if (now == State.RUNNING || now == State.DRAINING) {
            addHanging(failures);
        }
        return failures;
    }

    private List<String> ended() {
        List<String> ended = new ArrayList<>();
        watched.forEachConsumer((consumer, name) -> {
            if (consumer.hasEnded()) {
                ended.add(name + " has died: nobody reads its partitions. Restart the service; the log tells why");
            }
        });
        int workers = watched.workers().died();
        if (workers > 0) {
            ended.add(workers + " worker(s) have died: fewer events are handled at once. Restart the service; the log"
                    + " tells why");
        }
        if (watched.probe().hasEnded()) {
            ended.add("kaufmann-probe has died: nobody knows whether the brokers and the registry answer. Restart the"
                    + " service; the log tells why");
        }
        return ended;
    }

    private void addHanging(List<String> failures) {
        Duration limit = watched.limits().longestTurn();
        watched.forEachConsumer((consumer, name) -> {
            Duration still = clock.since(consumer.turnNanos());
            if (!consumer.hasEnded() && still.compareTo(limit) >= 0) {
                failures.add(name + " has taken no turn for " + still.toSeconds() + " s, and may take "
                        + limit.toSeconds() + " s at most. Restart the service; the log tells where it is");
            }
        });
        Deadline due = timerDue;
        if (due != null && due.isOver()) {
            failures.add("kaufmann-timer does not do its work: nothing is retried, and no time limit holds. Restart the"
                    + " service");
        }
    }
}
