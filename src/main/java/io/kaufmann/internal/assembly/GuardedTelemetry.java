package io.kaufmann.internal.assembly;

import io.kaufmann.telemetry.Telemetry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a telemetry throws away from the events. It is told of once. Thread-safe. */
final class GuardedTelemetry implements Telemetry {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedTelemetry.class);

    private final Telemetry guarded;
    private final AtomicBoolean hasThrown = new AtomicBoolean();

    GuardedTelemetry(Telemetry guarded) {
        this.guarded = guarded;
    }

    @Override
    public void decoded(Decoded decoded) {
        guard(Telemetry::decoded, decoded);
    }

    @Override
    public void handled(Handled handled) {
        guard(Telemetry::handled, handled);
    }

    @Override
    public void encoded(Encoded encoded) {
        guard(Telemetry::encoded, encoded);
    }

    @Override
    public void published(Published published) {
        guard(Telemetry::published, published);
    }

    /** The call holds nothing of its own, so that none is made for each event. */
    private <T> void guard(BiConsumer<Telemetry, T> call, T told) {
        try {
            call.accept(guarded, told);
        } catch (Throwable e) {
            if (hasThrown.compareAndSet(false, true)) {
                LOG.warn(
                        "{} threw; this and what it throws later is passed over",
                        guarded.getClass().getName(),
                        e);
            }
        }
    }
}
