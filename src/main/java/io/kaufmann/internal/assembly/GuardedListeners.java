package io.kaufmann.internal.assembly;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Timer;
import io.kaufmann.telemetry.Telemetry;
import java.util.List;

/** Guards each of a service's listeners by itself, so that one that is cut off costs the others nothing. Thread-safe. */
final class GuardedListeners implements AutoCloseable {

    private final List<GuardedTelemetry> guards;
    private final Telemetry told;

    /** Passes over what they throw, and does no more until they are watched. */
    GuardedListeners(Telemetry telemetry, Clock clock) {
        guards = telemetry.parts().stream()
                .map(part -> new GuardedTelemetry(part, clock))
                .toList();
        told = together(guards.stream()
                .map(GuardedTelemetry::orNone)
                .filter(guard -> guard != Telemetry.NONE)
                .toList());
    }

    private static Telemetry together(List<Telemetry> heard) {
        return switch (heard.size()) {
            case 0 -> Telemetry.NONE;
            case 1 -> heard.get(0);
            default -> Telemetry.all(heard.toArray(Telemetry[]::new));
        };
    }

    /** Cuts one off when it throws, is slow or hangs, until the timer is closed. */
    void watch(Timer timer) {
        guards.forEach(guard -> guard.watch(timer));
    }

    /** What is to be told: all of them, or nothing when nobody listens. */
    Telemetry orNone() {
        return told;
    }

    /** Waits for the last observation of each, for a bounded time. */
    @Override
    public void close() {
        guards.forEach(GuardedTelemetry::close);
    }
}
