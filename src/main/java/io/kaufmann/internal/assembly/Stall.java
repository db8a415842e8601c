package io.kaufmann.internal.assembly;

import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Stage;
import java.time.Duration;

/** An event that does not go on. */
record Stall(Delivery delivery, Stage stage, Duration age) {

    /** What it does or waits for. */
    String doing() {
        return switch (stage) {
            case RUNNING -> "has been running in its handler";
            case QUEUED -> "has been waiting for a worker";
            case ANSWERING -> "has been waiting for the broker or the registry";
            case RETRYING -> "has been waiting for its next attempt";
        };
    }

    @Override
    public String toString() {
        return delivery + " " + doing() + " for " + age.toSeconds() + " s";
    }
}
