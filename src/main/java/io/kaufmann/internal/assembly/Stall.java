package io.kaufmann.internal.assembly;

import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Stage;
import java.time.Duration;

/**
 * Something that does not go on.
 *
 * @param what what tells it from others: an event, or a part of the service
 * @param text what it does or waits for, and for how long
 */
record Stall(Object what, String text) {

    /** An event. */
    static Stall of(Delivery delivery, String doing, Duration age) {
        return new Stall(delivery, delivery + " has been " + doing + " for " + age.toSeconds() + " s");
    }

    /** An event in a stage. */
    static Stall of(Delivery delivery, Stage stage, Duration age) {
        return of(
                delivery,
                switch (stage) {
                    case RUNNING -> "running in its handler";
                    case QUEUED -> "waiting for a worker";
                    case ANSWERING -> "waiting for the broker or the registry";
                    case RETRYING -> "waiting for its next attempt";
                },
                age);
    }
}
