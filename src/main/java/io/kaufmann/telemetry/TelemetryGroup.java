package io.kaufmann.telemetry;

import io.kaufmann.health.Health;
import java.util.List;
import java.util.Objects;
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
    public List<Telemetry> parts() {
        return members.stream()
                .flatMap(member -> member.listener.parts().stream())
                .toList();
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
        members.forEach(member -> member.observe(health));
    }

    @Override
    public void opened(Consumer<?, ?> consumer) {
        tellAlways(Telemetry::opened, consumer);
    }

    @Override
    public void opened(Producer<?, ?> producer) {
        tellAlways(Telemetry::opened, producer);
    }

    @Override
    public void closed(Consumer<?, ?> consumer) {
        tellAlways(Telemetry::closed, consumer);
    }

    @Override
    public void closed(Producer<?, ?> producer) {
        tellAlways(Telemetry::closed, producer);
    }

    /** What the first has that has anything; one that throws has nothing. */
    @Override
    public Optional<String> prometheus() {
        return members.stream()
                .map(Member::prometheus)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The call holds nothing of its own, so that none is made for each event. */
    private <T> void tell(BiConsumer<Telemetry, T> call, T told) {
        for (Member member : members) {
            member.tell(call, told);
        }
    }

    private <T> void tellAlways(BiConsumer<Telemetry, T> call, T told) {
        for (Member member : members) {
            member.tellAlways(call, told);
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
        private volatile boolean observedFails;
        private volatile boolean prometheusFails;

        Member(Telemetry listener) {
            this.listener = Objects.requireNonNull(listener, "A listener is null");
        }

        <T> void tell(BiConsumer<Telemetry, T> call, T told) {
            if (!isCutOff) {
                tellAlways(call, told);
            }
        }

        /** Of what no event waits for: what it opened it must close. */
        <T> void tellAlways(BiConsumer<Telemetry, T> call, T told) {
            try {
                call.accept(listener, told);
            } catch (Throwable e) {
                threw(e);
            }
        }

        /** Tells it unless this itself has failed, and the last in any case: its gauges would stay at what they were. */
        void observe(Health health) {
            if (observedFails && !health.state().isFinal()) {
                return;
            }
            try {
                listener.observed(health);
            } catch (Throwable e) {
                observedFails = true;
                threw(e);
            }
        }

        private void threw(Throwable error) {
            if (!isCutOff) {
                isCutOff = true;
                warn("threw; it is told of no event any more, the other listeners are", error);
            }
        }

        Optional<String> prometheus() {
            try {
                Optional<String> text = Objects.requireNonNull(listener.prometheus(), "prometheus() returned null");
                prometheusFails = false;
                return text;
            } catch (Throwable e) {
                if (!prometheusFails) {
                    prometheusFails = true;
                    warn("threw in prometheus(); the next listener is asked until it does not", e);
                }
                return Optional.empty();
            }
        }

        private void warn(String what, Throwable error) {
            String name = listener.getClass().getName();
            try {
                LOG.warn("{} {}", name, what, error);
            } catch (Throwable e) {
                // It cannot be printed: its own methods throw.
                LOG.warn("{} {}: {}", name, what, error.getClass().getName());
            }
        }
    }
}
