package io.kaufmann.internal.handoff;

import io.kaufmann.event.EventName;
import io.kaufmann.health.Ending;
import io.kaufmann.publish.PublishException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * One record on its way, tied to the assignment it came by. It is handed from the consumer thread to a worker, and by that
 * perhaps to the producer's callback or the timer and back to a worker; whoever completes its last obligation finishes it.
 */
public final class Delivery {

    private static final AtomicReferenceFieldUpdater<Delivery, Outcome> OUTCOME =
            AtomicReferenceFieldUpdater.newUpdater(Delivery.class, Outcome.class, "outcome");
    private static final AtomicReferenceFieldUpdater<Delivery, Step> DELAYED =
            AtomicReferenceFieldUpdater.newUpdater(Delivery.class, Step.class, "delayed");
    private static final VarHandle CONDITION = condition();
    private static final Stage[] STAGES = Stage.values();

    private final ConsumerRecord<byte[], byte[]> record;
    private final Assignment assignment;
    private final long ticket;
    private final Completions completions;
    private final long bytes;

    // Whoever holds the lane's head; the queue's lock carries them to the next holder.
    private Optional<EventName> name;
    private boolean started;
    private int attempt = 1;
    private Step nextStep;
    private boolean counted = true;
    private Ending ending = Ending.HANDLED;
    // Another one after it was opened again.
    private Lane lane;

    // Guarded by this while it is worked on, since a topic may be looked up on another thread; then the consumer
    // thread's.
    private List<KeptAnswer> kept = List.of();

    // Consumer thread only.
    private long handedOutNanos;
    private boolean settled;

    // The stage, in the lowest two bits, and the running time at which it began. One who holds the head writes, any
    // thread
    // reads: of use for health, where a moment's delay does no harm.
    @SuppressWarnings("unused")
    private long condition;

    // What it goes on with after a wait. Taken away by whoever comes first: the timer, or the end of the assignment.
    @SuppressWarnings("unused") // Read by DELAYED.
    private volatile Step delayed;

    // Set once, by whoever comes first.
    private volatile Outcome outcome;

    // The chain of Completions.
    Delivery nextCompleted;

    /** What a worker does with a delivery, when it does not begin with it. */
    @FunctionalInterface
    public interface Step {

        /** Goes on, in this worker's place. */
        void run(Seat seat);
    }

    /**
     * A record on its way.
     *
     * @param record what was read
     * @param name the event's name; empty when the record does not tell it
     * @param assignment the assignment it came by
     * @param ticket what the partition's progress knows it by
     * @param lane the lane it will be appended to
     * @param completions where it goes when it is finished
     */
    public Delivery(
            ConsumerRecord<byte[], byte[]> record,
            Optional<EventName> name,
            Assignment assignment,
            long ticket,
            Lane lane,
            Completions completions) {
        this.record = record;
        this.name = name;
        this.assignment = assignment;
        this.ticket = ticket;
        this.lane = lane;
        this.completions = completions;
        this.bytes = bytesOf(record);
    }

    /** What was read. */
    public ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    /** The event's name; empty when the record does not tell it, or a worker has yet to learn it. */
    public Optional<EventName> name() {
        return name;
    }

    /** The event's name without its ordering key, as telemetry has it: that of one whose record tells none is a word for that. */
    public String eventName() {
        return name.map(EventName::base).orElse(Names.UNKNOWN);
    }

    /** Names it, once its value has told the name. */
    public void name(EventName told) {
        name = Optional.of(told);
    }

    /** The assignment it came by. */
    public Assignment assignment() {
        return assignment;
    }

    /** What the partition's progress knows it by. */
    public long ticket() {
        return ticket;
    }

    /** The lane it is in. */
    public Lane lane() {
        return lane;
    }

    /** How it ended; null while it has not. Settled by the time it comes out of {@link Completions}. */
    public Outcome outcome() {
        return outcome;
    }

    /** The memory its record takes, about: key, value and headers. */
    public long bytes() {
        return bytes;
    }

    private static long bytesOf(ConsumerRecord<byte[], byte[]> record) {
        long bytes = (long) Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        for (Header header : record.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** Keeps an answer with it, for the transaction that commits it. */
    public synchronized void keep(KeptAnswer answer) {
        if (kept.isEmpty()) {
            kept = new ArrayList<>(1);
        }
        kept.add(answer);
    }

    /** What is kept with it, in order. For the consumer thread, once it has ended. */
    public synchronized List<KeptAnswer> kept() {
        return Collections.unmodifiableList(kept);
    }

    /** Forgets what is kept with it: something else is to come of it. */
    public synchronized void forgetKept() {
        kept.forEach(answer -> answer.acknowledgement().dropped());
        kept = List.of();
    }

    /** The memory that what is kept with it takes, about. */
    public synchronized long keptBytes() {
        long sum = 0;
        for (KeptAnswer answer : kept) {
            sum += answer.bytes();
        }
        return sum;
    }

    /** It has come back to the consumer thread, finished. For the consumer thread. */
    public void settle() {
        settled = true;
    }

    /** Whether it has come back to the consumer thread, finished. For the consumer thread. */
    public boolean isSettled() {
        return settled;
    }

    /**
     * It is not finished after all, since an answer that is kept with it can never be written: whoever waited for that answer hears it
     * and goes on. For the consumer thread, with one that is settled. False when its assignment has ended: then it stays as it is.
     *
     * @param alone a lane of its own, since others may have followed it by now
     */
    public boolean reopen(Lane alone, KeptAnswer refused, PublishException error) {
        if (!assignment.tryStart()) {
            return false;
        }
        settled = false;
        lane = alone;
        var unused = alone.add(this);
        synchronized (this) {
            kept.remove(refused);
        }
        outcome = null;
        refused.acknowledgement().failed(error);
        return true;
    }

    /** Counts it as running. False when its assignment has ended: then it must be dropped. */
    public boolean start() {
        started = started || assignment.tryStart();
        return started;
    }

    /** Whether it runs, as far as another thread can tell: of use for messages. */
    public boolean isStarted() {
        return started;
    }

    /** Counts it as not running after all: nothing of it is on its way out, so that a revoke need not wait for it. */
    public void unstart() {
        if (started) {
            started = false;
            assignment.ended();
            completions.signal();
        }
    }

    /** Which attempt at handling it this is, from 1. */
    public int attempt() {
        return attempt;
    }

    /** Counts one more attempt. */
    public void nextAttempt() {
        attempt++;
    }

    /** How it ends when it is done. */
    public Ending ending() {
        return ending;
    }

    /** It will not end well. */
    public void endsAs(Ending how) {
        ending = how;
    }

    /** It is handed out. For the consumer thread. */
    public void handOut(long nowNanos) {
        // As exact as the stage's time.
        handedOutNanos = nowNanos & ~3L;
        enter(Stage.QUEUED, nowNanos);
    }

    /** The running time at which it was handed out. For the consumer thread. */
    long handedOutNanos() {
        return handedOutNanos;
    }

    /** It comes to another stage. */
    public void enter(Stage stage, long nowNanos) {
        CONDITION.setOpaque(this, (nowNanos & ~3L) | stageBits(stage));
    }

    @SuppressWarnings("EnumOrdinal") // Its four values fit two bits.
    private static long stageBits(Stage stage) {
        return stage.ordinal();
    }

    /** What it does or waits for, as far as another thread can tell. */
    public Stage stage() {
        return STAGES[(int) ((long) CONDITION.getOpaque(this) & 3)];
    }

    /** The running time at which that began. */
    public long stageNanos() {
        return (long) CONDITION.getOpaque(this) & ~3L;
    }

    /** Gives it back to the workers, to go on with this step. The caller lets go of it. */
    public void resume(Step step) {
        nextStep = step;
        lane.offer();
    }

    /** The same when its worker is stuck in the handler: the step does not count for the partition's share, which may be full. */
    public void resumeUncounted(Step step) {
        nextStep = step;
        counted = false;
        lane.offer();
    }

    /** Whether the worker that has taken it counts for the partition's share. For that worker, once. */
    public boolean takeCounted() {
        boolean was = counted;
        counted = true;
        return was;
    }

    /** Has it wait for {@link #wake}, to begin anew with this step: at once if its assignment has ended. The caller lets go of it. */
    public void sleep(Step step) {
        delayed = step;
        // Looked at after the line above: an assignment that ends from here on wakes what sleeps.
        if (assignment.isDraining()) {
            wake();
        }
    }

    /** Ends its wait, if it does wait. Any thread. */
    public void wake() {
        Step step = DELAYED.getAndSet(this, null);
        if (step != null) {
            nextStep = step;
            lane.offerWhenFree();
        }
    }

    /** The step to go on with; empty when it starts from the beginning. */
    public Optional<Step> takeNextStep() {
        Step step = nextStep;
        nextStep = null;
        return Optional.ofNullable(step);
    }

    /** Ends it though its turn has not come: its lane, which has let go of it, drops it. */
    void dropWaiting() {
        if (OUTCOME.compareAndSet(this, null, Outcome.DROPPED)) {
            tell(false);
        }
    }

    /** Ends it. Only the first call counts; the lane goes on before the consumer thread hears of it. */
    public void finish(Outcome how) {
        if (!OUTCOME.compareAndSet(this, null, how)) {
            return;
        }
        boolean wasStarted = started;
        lane.advance(this);
        tell(wasStarted);
    }

    private void tell(boolean wasStarted) {
        // From here on the consumer thread may have settled it. The count falls last, so that a drain that sees no
        // running delivery finds every completion.
        completions.add(this);
        if (wasStarted) {
            assignment.ended();
        }
        completions.signal();
        boolean isEnough = assignment.isEnoughEnded();
        if (isEnough || assignment.isAwaited(this)) {
            completions.wake();
        }
    }

    private static VarHandle condition() {
        try {
            return MethodHandles.lookup().findVarHandle(Delivery.class, "condition", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The event and its place, as it may stand in a log. */
    @Override
    public String toString() {
        return name.map(EventName::printable).orElse("an event without a name") + " from " + record.topic() + "-"
                + record.partition() + "@" + record.offset();
    }
}
