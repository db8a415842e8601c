package io.kaufmann.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.telemetry.Tracing;
import io.kaufmann.testing.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedTracingTest {

    private static final Tracing.Handling HANDLING =
            new Tracing.Handling("order.placed", "orders", 0, 0, "group", Optional.empty(), 1, new RecordHeaders());
    private static final Tracing.Publishing PUBLISHING =
            new Tracing.Publishing("order.confirmed", "orders", new RecordHeaders());

    private final Log log = Log.of(GuardedTracing.class.getName());
    private final List<String> calls = new ArrayList<>();

    @AfterEach
    void close() {
        log.close();
    }

    /** Notes its calls; some of them throw, or return null. */
    private final class Noting implements Tracing, Tracing.Span {

        private final Set<String> bad;
        private final boolean returnsNull;

        Noting(Set<String> bad, boolean returnsNull) {
            this.bad = bad;
            this.returnsNull = returnsNull;
        }

        private <T> T note(String call, T result) {
            calls.add(call);
            if (bad.contains(call)) {
                if (returnsNull) {
                    return null;
                }
                throw new NoClassDefFoundError("on purpose");
            }
            return result;
        }

        @Override
        public Span handling(Handling handling) {
            return note("handling", this);
        }

        @Override
        public Span publishing(Publishing publishing) {
            return note("publishing", this);
        }

        @Override
        public Scope open() {
            return note("open", () -> note("close", ""));
        }

        @Override
        public void written(int partition, long offset) {
            note("written", "");
        }

        @Override
        public void failed(Throwable error) {
            note("failed", "");
        }

        @Override
        public void end() {
            note("end", "");
        }
    }

    private static void followOne(Tracing tracing) {
        Tracing.Span handling = tracing.handling(HANDLING);
        handling.open().close();
        handling.failed(new IllegalStateException("on purpose"));
        handling.end();
        Tracing.Span reply = handling.publishing(PUBLISHING);
        reply.written(0, 1);
        reply.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"handling", "publishing", "open", "close", "written", "failed", "end"})
    void whatThrowsIsNamedOnceAndNothingIsBegunAnyMore(String bad) {
        Tracing guarded = GuardedTracing.of(new Noting(Set.of(bad), false));
        for (int i = 0; i < 3; i++) {
            followOne(guarded);
        }
        assertThat(calls).containsOnlyOnce("handling");
        assertThat(log.lines()).singleElement().asString().contains(Noting.class.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"handling", "publishing", "open"})
    void nullIsNoAnswer(String bad) {
        Tracing guarded = GuardedTracing.of(new Noting(Set.of(bad), true));
        followOne(guarded);
        followOne(guarded);
        assertThat(calls).containsOnlyOnce("handling");
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void whatHasBegunIsClosedAndEndedAllTheSame() {
        Tracing guarded = GuardedTracing.of(new Noting(Set.of("publishing"), false));
        Tracing.Span running = guarded.handling(HANDLING);
        Tracing.Scope scope = running.open();
        assertThat(guarded.publishing(PUBLISHING)).isSameAs(Tracing.Span.NONE);
        scope.close();
        running.end();
        assertThat(calls).containsExactly("handling", "open", "publishing", "close", "end");
    }

    @Test
    void noneStaysNone() {
        assertThat(GuardedTracing.of(Tracing.NONE)).isSameAs(Tracing.NONE);
    }
}
