package io.kaufmann.telemetry;

import io.kaufmann.health.Health;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners as one. Thread-safe. */
final class TelemetryGroup implements Telemetry {

    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

    private final List<Member> members;

    TelemetryGroup(List<Telemetry> listeners) {
        members = listeners.stream().map(Member::new).toList();
    }

    @Override
    public Telemetry forService(Served served) {
        return new TelemetryGroup(members.stream()
                .map(member -> member.listener.forService(served))
                .toList());
    }

    @Override
    public void decoded(Decoded decoded) {
        tell(Telemetry::decoded, decoded);
    }

    @Override
    public void handled(Handled handled) {
        tell(Telemetry::handled, handled);
    }

    @Override
    public void encoded(Encoded encoded) {
        tell(Telemetry::encoded, encoded);
    }

    @Override
    public void published(Published published) {
        tell(Telemetry::published, published);
    }

    @Override
    public void finished(Finished finished) {
        tell(Telemetry::finished, finished);
    }

    @Override
    public void passedOver(PassedOver passedOver) {
        tell(Telemetry::passedOver, passedOver);
    }

    @Override
    public void retried(Retried retried) {
        tell(Telemetry::retried, retried);
    }

    @Override
    public void errorSent(ErrorSent errorSent) {
        tell(Telemetry::errorSent, errorSent);
    }

    @Override
    public void deadLettered(DeadLettered deadLettered) {
        tell(Telemetry::deadLettered, deadLettered);
    }

    @Override
    public void committed(Committed committed) {
        tell(Telemetry::committed, committed);
    }

    @Override
    public void rebalanced(Rebalanced rebalanced) {
        tell(Telemetry::rebalanced, rebalanced);
    }

    @Override
    public void paused(Paused paused) {
        tell(Telemetry::paused, paused);
    }

    @Override
    public void observed(Health health) {
        tell(Telemetry::observed, health);
    }

    @Override
    public void opened(Consumer<?, ?> consumer) {
        tell(Telemetry::opened, consumer);
    }

    @Override
    public void opened(Producer<?, ?> producer) {
        tell(Telemetry::opened, producer);
    }

    @Override
    public void closed(Consumer<?, ?> consumer) {
        tell(Telemetry::closed, consumer);
    }

    @Override
    public void closed(Producer<?, ?> producer) {
        tell(Telemetry::closed, producer);
    }

    /** What the first has that has anything. */
    @Override
    public Optional<String> prometheus() {
        return members.stream()
                .map(member -> member.listener.prometheus())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The call holds nothing of its own, so that none is made for each event. */
    private <T> void tell(BiConsumer<Telemetry, T> call, T told) {
        for (Member member : members) {
            member.tell(call, told);
        }
    }

    @Override
    public String toString() {
        return members.stream()
                .map(member -> member.listener.getClass().getName())
                .collect(Collectors.joining(","));
    }

    private static final class Member {

        private final Telemetry listener;

        // Any thread. Two may throw at once, which is told twice.
        private volatile boolean isCutOff;

        Member(Telemetry listener) {
            this.listener = listener;
        }

        <T> void tell(BiConsumer<Telemetry, T> call, T told) {
            if (isCutOff) {
                return;
            }
            try {
                call.accept(listener, told);
            } catch (Throwable e) {
                isCutOff = true;
                LOG.warn(
                        "{} threw; it is told nothing more, the other listeners are",
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}
