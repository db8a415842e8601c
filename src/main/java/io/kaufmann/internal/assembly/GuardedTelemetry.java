package io.kaufmann.internal.assembly;

import io.kaufmann.health.Health;
import io.kaufmann.telemetry.Telemetry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
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

    @Override
    public void finished(Finished finished) {
        guard(Telemetry::finished, finished);
    }

    @Override
    public void passedOver(PassedOver passedOver) {
        guard(Telemetry::passedOver, passedOver);
    }

    @Override
    public void retried(Retried retried) {
        guard(Telemetry::retried, retried);
    }

    @Override
    public void errorSent(ErrorSent errorSent) {
        guard(Telemetry::errorSent, errorSent);
    }

    @Override
    public void deadLettered(DeadLettered deadLettered) {
        guard(Telemetry::deadLettered, deadLettered);
    }

    @Override
    public void committed(Committed committed) {
        guard(Telemetry::committed, committed);
    }

    @Override
    public void rebalanced(Rebalanced rebalanced) {
        guard(Telemetry::rebalanced, rebalanced);
    }

    @Override
    public void paused(Paused paused) {
        guard(Telemetry::paused, paused);
    }

    @Override
    public void observed(Health health) {
        guard(Telemetry::observed, health);
    }

    @Override
    public void opened(Consumer<?, ?> consumer) {
        guard(Telemetry::opened, consumer);
    }

    @Override
    public void opened(Producer<?, ?> producer) {
        guard(Telemetry::opened, producer);
    }

    @Override
    public void closed(Consumer<?, ?> consumer) {
        guard(Telemetry::closed, consumer);
    }

    @Override
    public void closed(Producer<?, ?> producer) {
        guard(Telemetry::closed, producer);
    }

    @Override
    public Optional<String> prometheus() {
        return guarded.prometheus();
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
