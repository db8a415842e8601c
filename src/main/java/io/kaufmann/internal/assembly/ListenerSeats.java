package io.kaufmann.internal.assembly;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All threads that call a listener, and the timer's turns, by which the length of their calls is told: to ask the clock at each
 * call would cost more than the rest. Thread-safe.
 */
final class ListenerSeats {

    private final Set<ListenerSeat> all = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<ListenerSeat> own = ThreadLocal.withInitial(this::add);
    // Written by the timer.
    private final AtomicLong turn = new AtomicLong(1);

    private ListenerSeat add() {
        ListenerSeat seat = new ListenerSeat(Thread.currentThread());
        all.add(seat);
        return seat;
    }

    /** The calling thread's. */
    ListenerSeat own() {
        return own.get();
    }

    /** How many turns the timer has taken, from 1. */
    long turn() {
        return turn.get();
    }

    /** Begins a turn, and forgets the threads that have ended. For the timer. */
    void nextTurn() {
        turn.incrementAndGet();
        all.removeIf(seat -> !seat.thread().isAlive());
    }

    /** Those that were struck and have not come out. For the timer. */
    List<ListenerSeat> stuck() {
        return all.stream().filter(ListenerSeat::isStuck).toList();
    }

    /** All. For the timer. */
    Set<ListenerSeat> all() {
        return all;
    }
}
