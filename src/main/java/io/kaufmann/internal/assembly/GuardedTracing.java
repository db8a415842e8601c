package io.kaufmann.internal.assembly;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Timer;
import io.kaufmann.telemetry.Tracing;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Keeps what a tracing does to itself away from the events: what it throws, its slowness, and that it does not return. While it is
 * cut off, no span is begun. Those that have begun are still closed and ended: one that stayed current on its thread would be every
 * later event's parent. Thread-safe.
 */
final class GuardedTracing implements Tracing {

    private static final Scope NO_SCOPE = () -> {};

    private final Tracing guarded;
    private final ListenerWatch watch;

    private GuardedTracing(Tracing guarded, Clock clock) {
        this.guarded = guarded;
        this.watch = new ListenerWatch(guarded.getClass().getName(), clock);
    }

    /** This tracing, what it throws passed over; that of nothing as it is, so that it costs nothing. */
    static Tracing of(Tracing tracing, Clock clock) {
        return tracing == NONE ? NONE : new GuardedTracing(tracing, clock);
    }

    /** This tracing, cut off when it throws, is slow or hangs, until the timer is closed; that of nothing as it is. */
    static Tracing watched(Tracing tracing, Clock clock, Timer timer) {
        Tracing guarded = of(tracing, clock);
        if (guarded instanceof GuardedTracing watched) {
            watched.watch.watch(timer);
        }
        return guarded;
    }

    @Override
    public Span handling(Handling handling) {
        return begin(ListenerCall.HANDLING, () -> guarded.handling(handling));
    }

    @Override
    public Span publishing(Publishing publishing) {
        return begin(ListenerCall.PUBLISHING, () -> guarded.publishing(publishing));
    }

    private Span begin(ListenerCall call, Supplier<Span> method) {
        Span span = call(call, method, Span.NONE);
        return span == Span.NONE ? span : new GuardedSpan(span);
    }

    private void tell(ListenerCall call, Runnable method) {
        call(
                call,
                () -> {
                    method.run();
                    return NO_SCOPE;
                },
                NO_SCOPE);
    }

    /** What the method returns, or the other when it is not called or fails. */
    private <T> T call(ListenerCall call, Supplier<T> method, T otherwise) {
        AtomicReference<T> result = new AtomicReference<>(otherwise);
        watch.tell(
                call, (into, from) -> into.set(Objects.requireNonNull(from.get(), "It returned null")), result, method);
        return result.get();
    }

    private final class GuardedSpan implements Span {

        private final Span span;

        GuardedSpan(Span span) {
            this.span = span;
        }

        @Override
        public Scope open() {
            Scope scope = call(ListenerCall.OPEN, span::open, NO_SCOPE);
            return scope == NO_SCOPE ? scope : () -> tell(ListenerCall.CLOSE, scope::close);
        }

        @Override
        public Span publishing(Publishing publishing) {
            return begin(ListenerCall.PUBLISHING, () -> span.publishing(publishing));
        }

        @Override
        public void written(int partition, long offset) {
            tell(ListenerCall.WRITTEN, () -> span.written(partition, offset));
        }

        @Override
        public void failed(Throwable error) {
            tell(ListenerCall.FAILED, () -> span.failed(error));
        }

        @Override
        public void end() {
            tell(ListenerCall.END, span::end);
        }
    }
}
