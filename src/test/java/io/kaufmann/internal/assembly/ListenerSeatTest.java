package io.kaufmann.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenerSeatTest {

    private final ListenerSeat seat = new ListenerSeat(Thread.currentThread());

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    @Test
    void tellsWhatItIsInAndSinceWhen() {
        assertThat(seat.since()).isZero();
        assertThat(seat.enter(ListenerCall.COMMITTED, 7)).isTrue();
        assertThat(seat.since()).isEqualTo(7);
        assertThat(seat.call()).isEqualTo(ListenerCall.COMMITTED);
        seat.leave();
        assertThat(seat.since()).isZero();
    }

    @Test
    void countsACallWithinAnotherAsThatOne() {
        seat.enter(ListenerCall.HANDLED, 7);

        assertThat(seat.enter(ListenerCall.ENCODED, 8)).isFalse();

        assertThat(seat.since()).isEqualTo(7);
        assertThat(seat.call()).isEqualTo(ListenerCall.HANDLED);
    }

    @Test
    void isInterruptedOnceAndComesOutWithoutIt() {
        seat.enter(ListenerCall.HANDLED, 7);

        assertThat(seat.strike(7)).isTrue();
        assertThat(seat.strike(7)).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(seat.isStuck()).isTrue();
        assertThat(seat.enter(ListenerCall.ENCODED, 8)).isFalse();

        seat.leave();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(seat.isStuck()).isFalse();
        assertThat(seat.enter(ListenerCall.HANDLED, 9)).isTrue();
    }

    @Test
    void isNotStruckForACallThatIsOver() {
        seat.enter(ListenerCall.HANDLED, 7);
        seat.leave();
        assertThat(seat.strike(7)).isFalse();

        seat.enter(ListenerCall.HANDLED, 8);
        assertThat(seat.strike(7)).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void leavesAnothersInterruptToIt() {
        Thread.currentThread().interrupt();
        seat.enter(ListenerCall.HANDLED, 7);

        assertThat(seat.strike(7)).isTrue();
        seat.leave();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    /** The interrupt strikes in the call or not at all: whatever comes after it never meets one. */
    @RepeatedTest(10)
    void neverLeavesAnInterruptBehind() throws Exception {
        int races = 1_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger ready = new AtomicInteger();
        AtomicInteger struck = new AtomicInteger();
        CompletableFuture<ListenerSeat> made = new CompletableFuture<>();
        CompletableFuture<Integer> leaked = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            ListenerSeat own = new ListenerSeat(Thread.currentThread());
            made.complete(own);
            int met = 0;
            for (int race = 1; race <= races; race++) {
                own.enter(ListenerCall.HANDLED, race);
                inside.set(race);
                await(ready, race);
                spin();
                own.leave();
                // As long as an interrupt may still come, and a little longer.
                do {
                    met += Thread.interrupted() ? 1 : 0;
                    LockSupport.parkNanos(1_000);
                } while (struck.get() != race);
                met += Thread.interrupted() ? 1 : 0;
            }
            leaked.complete(met);
        });
        caller.start();
        ListenerSeat own = made.get(10, TimeUnit.SECONDS);
        int strikes = 0;
        for (int race = 1; race <= races; race++) {
            await(inside, race);
            ready.set(race);
            spin();
            strikes += own.strike(race) ? 1 : 0;
            struck.set(race);
        }

        assertThat(leaked.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(strikes).isPositive();
        caller.join();
    }

    /** Without giving its core away at once: the two are to run at the same time. */
    private static void await(AtomicInteger number, int race) {
        for (int i = 0; number.get() != race; i++) {
            if (i < 10_000) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(1_000);
            }
        }
    }

    private static void spin() {
        for (int i = ThreadLocalRandom.current().nextInt(2_000); i > 0; i--) {
            Thread.onSpinWait();
        }
    }
}
