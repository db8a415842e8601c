package io.kaufmann.internal.assembly;

import io.kaufmann.telemetry.Tracing;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a tracing throws away from the events. It is told of once, and no span is begun after that. Those that have begun are
 * still closed and ended: one that stayed current on its thread would be every later event's parent. Thread-safe.
 */
final class GuardedTracing implements Tracing {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedTracing.class);

    private final Tracing guarded;
    private final AtomicBoolean hasThrown = new AtomicBoolean();

    private GuardedTracing(Tracing guarded) {
        this.guarded = guarded;
    }

    /** This tracing, guarded; that of nothing as it is, so that it costs nothing. */
    static Tracing of(Tracing tracing) {
        return tracing == NONE ? NONE : new GuardedTracing(tracing);
    }

    @Override
    public Span handling(Handling handling) {
        return begin(() -> guarded.handling(handling));
    }

    @Override
    public Span publishing(Publishing publishing) {
        return begin(() -> guarded.publishing(publishing));
    }

    private Span begin(Supplier<Span> call) {
        if (hasThrown.get()) {
            return Span.NONE;
        }
        try {
            Span span = Objects.requireNonNull(call.get(), "It returned null instead of a span");
            return span == Span.NONE ? span : new GuardedSpan(span);
        } catch (Throwable e) {
            threw(e);
            return Span.NONE;
        }
    }

    private void guard(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            threw(e);
        }
    }

    private void threw(Throwable error) {
        if (hasThrown.compareAndSet(false, true)) {
            LOG.warn(
                    "{} threw, so that no event is traced any more until the service starts anew",
                    guarded.getClass().getName(),
                    error);
        }
    }

    private final class GuardedSpan implements Span {

        private final Span span;

        GuardedSpan(Span span) {
            this.span = span;
        }

        @Override
        public Scope open() {
            try {
                Scope scope = Objects.requireNonNull(span.open(), "It returned null instead of a scope");
                return () -> guard(scope::close);
            } catch (Throwable e) {
                threw(e);
                return () -> {};
            }
        }

        @Override
        public Span publishing(Publishing publishing) {
            return begin(() -> span.publishing(publishing));
        }

        @Override
        public void written(int partition, long offset) {
            guard(() -> span.written(partition, offset));
        }

        @Override
        public void failed(Throwable error) {
            guard(() -> span.failed(error));
        }

        @Override
        public void end() {
            guard(span::end);
        }
    }
}
