package io.kaufmann.internal.assembly;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a listener off that throws, takes too long or does not return, and says so once. Until it watches, there is no timer: then it
 * only tells the first that is thrown. Thread-safe.
 */
final class ListenerWatch {

    private static final Logger LOG = LoggerFactory.getLogger("io.kaufmann.telemetry");

    private static final Duration BETWEEN_TURNS = Duration.ofMillis(250);
    // A second, and five for what keeps no event waiting. One more, since a call begins anywhere within a turn.
    private static final int LONGEST_TURNS = 4 + 1;
    private static final int LONGEST_TURNS_APART = 20 + 1;
    private static final int TURNS_BETWEEN_LOOKS_AT_TIMES = 4;
    // All calls that were under way when it was cut off have been struck by then, and have had time to heed it.
    private static final int TURNS_TO_COME_OUT = 10;
    private static final int MOST_NAMED = 3;

    private final String name;
    private final Clock clock;
    private final ListenerSeats seats = new ListenerSeats();
    private final CallTimes times = new CallTimes();
    private final CutOff cutOff;
    // The kinds of calls that failed in this cut-off, or brought it about.
    private final Set<ListenerCall> faulty = ConcurrentHashMap.newKeySet();
    private volatile boolean watching;
    private volatile boolean hasThrown;

    // The timer's.
    private int turnsCutOff;
    private boolean stuckTold;

    ListenerWatch(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
        this.cutOff = new CutOff(clock);
    }

    /** Looks again and again, until the timer is closed. */
    void watch(Timer timer) {
        watching = true;
        timer.after(BETWEEN_TURNS, () -> {
            try {
                turn();
            } finally {
                watch(timer);
            }
        });
    }

    /** Whether the listener is cut off, and this not among what it is told all the same. */
    private boolean isCutOffFrom(ListenerCall call) {
        return cutOff.isOn() && !isToldAllTheSame(call);
    }

    private boolean isToldAllTheSame(ListenerCall call) {
        return switch (call.whenCutOff()) {
            case LEFT_OUT -> false;
            case TOLD -> true;
            case TOLD_UNLESS_FAULTY -> !faulty.contains(call);
        };
    }

    /**
     * Makes a call, unless the listener is cut off from it: its thread is seen meanwhile, it is timed now and then, and what it throws
     * goes no further. The method must hold nothing of its own, so that none is made for each event.
     */
    <L, T> void tell(ListenerCall call, BiConsumer<L, T> method, L listener, T told) {
        if (isCutOffFrom(call)) {
            return;
        }
        ListenerSeat seat = seats.own();
        boolean isOutermost = seat.enter(call, seats.turn());
        boolean isSample = seat.isSample();
        long start = isSample ? clock.nanos() : 0;
        Throwable thrown = null;
        try {
            method.accept(listener, told);
        } catch (Throwable e) {
            thrown = e;
        }
        if (isOutermost) {
            seat.leave();
        }
        if (isSample) {
            times.add(call, clock.nanos() - start);
        }
        // Outside: to log it may take long as well.
        if (thrown != null) {
            threw(call, thrown);
        }
    }

    private void threw(ListenerCall call, Throwable error) {
        if (!watching) {
            if (!hasThrown) {
                hasThrown = true;
                ListenerLog.warn(name + " threw in " + call + "; what it throws later is passed over", error);
            }
            return;
        }
        // That a span's end throws costs no event any time, so that it is called all the same.
        if (!call.keepsEventsWaiting()) {
            faulty.add(call);
        }
        if (cutOff.begin()) {
            ListenerLog.warn(name + " threw in " + call + ". " + consequence(), error);
        }
    }

    /** Cuts it off without a word, for a reason that is told already. */
    void giveUp() {
        cutOff.begin();
    }

    private String consequence() {
        return "It is cut off: not called for " + cutOff.length().toSeconds()
                + " s, so that what it tells of the service has a gap. Events go on. Mend it";
    }

    /** Looks once. */
    void turn() {
        seats.nextTurn();
        seats.all().forEach(this::strikeIfTooLong);
        if (cutOff.isOn()) {
            turnsCutOff++;
            endIfOver(seats.stuck());
        } else if (seats.turn() % TURNS_BETWEEN_LOOKS_AT_TIMES == 0) {
            times.slow().ifPresent(this::cutOffSlow);
        }
    }

    private void strikeIfTooLong(ListenerSeat seat) {
        long since = seat.since();
        if (since == 0) {
            return;
        }
        ListenerCall call = seat.call();
        long turns = seats.turn() - since;
        if (turns < (call.keepsEventsWaiting() ? LONGEST_TURNS : LONGEST_TURNS_APART)) {
            return;
        }
        String place = cutOff.isOn() ? "" : StallLog.stack(seat.thread().getStackTrace());
        faulty.add(call);
        // Before it strikes: what the listener throws then is not to be taken for the reason.
        boolean isFirst = cutOff.begin();
        boolean struck = seat.strike(since);
        if (isFirst) {
            LOG.warn(
                    "{} has not returned from {} on {} for {} s{}. {}",
                    name,
                    call,
                    seat.thread().getName(),
                    BETWEEN_TURNS.multipliedBy(turns - 1).toSeconds(),
                    struck ? ", and is interrupted. It was at " + place : ", and then did",
                    consequence());
        }
    }

    private void cutOffSlow(CallTimes.Slow slow) {
        faulty.add(slow.call());
        if (cutOff.begin()) {
            LOG.warn(
                    "{} takes {} ms for each {}, while events wait for it; {} ms are the limit. {}",
                    name,
                    slow.mean().toMillis(),
                    slow.call(),
                    CallTimes.LIMIT.toMillis(),
                    consequence());
        }
    }

    private void endIfOver(List<ListenerSeat> stuck) {
        // Another try would cost more threads.
        if (stuck.isEmpty() && cutOff.isOver()) {
            turnsCutOff = 0;
            stuckTold = false;
            times.clear();
            faulty.clear();
            LOG.info("{} is called again", name);
            cutOff.end();
        } else if (!stuck.isEmpty() && turnsCutOff >= TURNS_TO_COME_OUT && !stuckTold) {
            stuckTold = true;
            LOG.warn(
                    "{} does not heed its interrupt and keeps {} thread(s) of the service: {}. They come back when it returns, and"
                            + " not before; until then it is not called, and what they had in hand waits. Mend it, and start"
                            + " the service anew",
                    name,
                    stuck.size(),
                    stuck.stream()
                            .limit(MOST_NAMED)
                            .map(seat -> seat.thread().getName() + " in " + seat.call())
                            .collect(Collectors.joining(", ", "", stuck.size() > MOST_NAMED ? " and others" : "")));
        }
    }
}
