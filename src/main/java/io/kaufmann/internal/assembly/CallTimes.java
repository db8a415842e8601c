package io.kaufmann.internal.assembly;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** How long a listener's calls take, by a sample of them. Thread-safe. */
final class CallTimes {

    static final Duration LIMIT = Duration.ofMillis(5);
    static final int FEWEST_SAMPLES = 8;

    // One pause of the machine can strike a call or two at once, and is not the listener's.
    private static final int FEWEST_LONG = 3;

    // Not changed once it is made.
    private final Map<ListenerCall, Sum> sums = new EnumMap<>(ListenerCall.class);

    CallTimes() {
        for (ListenerCall call : ListenerCall.values()) {
            sums.put(call, new Sum());
        }
    }

    private static final class Sum {
        private final LongAdder calls = new LongAdder();
        private final LongAdder longOnes = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        void clear() {
            calls.reset();
            longOnes.reset();
            nanos.reset();
        }
    }

    /**
     * A kind of call that takes too long.
     *
     * @param call which
     * @param mean how long it takes
     */
    record Slow(ListenerCall call, Duration mean) {}

    /** Notes that a call took so long. */
    void add(ListenerCall call, long nanos) {
        Sum sum = sums.get(call);
        sum.calls.increment();
        sum.nanos.add(nanos);
        if (nanos > LIMIT.toNanos()) {
            sum.longOnes.increment();
        }
    }

    /** A kind of call that took too long on average since the last look; those of too few samples are left to the next. For the timer. */
    Optional<Slow> slow() {
        return sums.keySet().stream()
                .filter(ListenerCall::keepsEventsWaiting)
                .flatMap(call -> slow(call).stream())
                // All are looked at, so that all begin anew.
                .reduce((one, other) -> one.mean().compareTo(other.mean()) >= 0 ? one : other);
    }

    private Optional<Slow> slow(ListenerCall call) {
        Sum sum = sums.get(call);
        long calls = sum.calls.sum();
        if (calls < FEWEST_SAMPLES) {
            return Optional.empty();
        }
        Duration mean = Duration.ofNanos(sum.nanos.sum() / calls);
        boolean isSlow = mean.compareTo(LIMIT) > 0 && sum.longOnes.sum() >= FEWEST_LONG;
        sum.clear();
        return isSlow ? Optional.of(new Slow(call, mean)) : Optional.empty();
    }

    /** Forgets all. */
    void clear() {
        sums.values().forEach(Sum::clear);
    }
}
