package io.kaufmann.internal.assembly;

import io.kaufmann.telemetry.Telemetry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a telemetry throws away from the events. It is told of once. Thread-safe. */
final class GuardedTelemetry implements Telemetry {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedTelemetry.class);

    private final Telemetry guarded;
    private final AtomicBoolean told = new AtomicBoolean();

    GuardedTelemetry(Telemetry guarded) {
        this.guarded = guarded;
    }

    @Override
    public void decoded(Decoded decoded) {
        try {
            guarded.decoded(decoded);
        } catch (Throwable e) {
            passOver(e);
        }
    }

    @Override
    public void handled(Handled handled) {
        try {
            guarded.handled(handled);
        } catch (Throwable e) {
            passOver(e);
        }
    }

    @Override
    public void encoded(Encoded encoded) {
        try {
            guarded.encoded(encoded);
        } catch (Throwable e) {
            passOver(e);
        }
    }

    @Override
    public void published(Published published) {
        try {
            guarded.published(published);
        } catch (Throwable e) {
            passOver(e);
        }
    }

    private void passOver(Throwable error) {
        if (told.compareAndSet(false, true)) {
            LOG.warn(
                    "{} threw; this and what it throws later is passed over",
                    guarded.getClass().getName(),
                    error);
        }
    }
}
