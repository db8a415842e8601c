package io.kaufmann.testing;

import io.kaufmann.telemetry.Telemetry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that keeps what it hears beyond the way of each event. Thread-safe. */
public final class HearingTelemetry implements Telemetry {

    private final List<Object> heard = new CopyOnWriteArrayList<>();

    /** What it heard of a kind, in order. */
    public <T> List<T> heard(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void handled(Handled handled) {
        heard.add(handled);
    }

    @Override
    public void finished(Finished finished) {
        heard.add(finished);
    }

    @Override
    public void passedOver(PassedOver passedOver) {
        heard.add(passedOver);
    }

    @Override
    public void retried(Retried retried) {
        heard.add(retried);
    }

    @Override
    public void errorSent(ErrorSent errorSent) {
        heard.add(errorSent);
    }

    @Override
    public void deadLettered(DeadLettered deadLettered) {
        heard.add(deadLettered);
    }

    @Override
    public void committed(Committed committed) {
        heard.add(committed);
    }

    @Override
    public void rebalanced(Rebalanced rebalanced) {
        heard.add(rebalanced);
    }

    @Override
    public void paused(Paused paused) {
        heard.add(paused);
    }
}
