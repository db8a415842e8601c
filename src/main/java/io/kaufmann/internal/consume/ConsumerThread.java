package io.kaufmann.internal.consume;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a consumer loop, and another one with a new consumer when the group does not take the first. Thread-safe.
 *
 * <p>By the protocol of KIP-848, a static member that was killed keeps its {@code group.instance.id} until its session ends; its
 * successor is refused until then. So is a member without the right to join, or whose credentials were refused. A consumer that
 * was refused cannot be used any more.
 */
public final class ConsumerThread implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerThread.class);

    private static final Duration BEFORE_NEXT_CONSUMER = Duration.ofSeconds(1);
    // A loop that is refused ends at once. One that ended so long ago is not being refused any more.
    private static final Duration LONGEST_BETWEEN_REFUSALS = Duration.ofSeconds(20);

    private final Function<Consumer<Throwable>, ConsumerLoop> loops;
    private final Consumer<Throwable> onFailure;

    // This thread's own.
    private boolean refused;
    // Any thread.
    private volatile ConsumerLoop loop;
    private final FailureStreak refusals;
    private volatile Thread thread;
    private volatile boolean ended;
    private volatile Deadline stopBy;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * The run of a loop, which is made at once.
     *
     * @param loops makes a loop on a new consumer, of whoever is to hear of the error that ends it
     * @param clock tells the time
     * @param onFailure hears of an error that ends the loop for good
     */
    public ConsumerThread(
            Function<Consumer<Throwable>, ConsumerLoop> loops, Clock clock, Consumer<Throwable> onFailure) {
        this.loops = loops;
        this.refusals = new FailureStreak(clock, LONGEST_BETWEEN_REFUSALS);
        this.onFailure = onFailure;
        this.loop = loops.apply(this::failed);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            runUntilStopped();
        } finally {
            ended = true;
        }
    }

    private void runUntilStopped() {
        loop.run();
        try {
            while (refused && !stopping.await(BEFORE_NEXT_CONSUMER.toNanos(), TimeUnit.NANOSECONDS)) {
                refused = false;
                runNext();
            }
        } catch (InterruptedException e) {
            onFailure.accept(e);
        }
    }

    private void runNext() {
        try {
            loop = loops.apply(this::failed);
        } catch (Throwable e) {
            onFailure.accept(e);
            return;
        }
        Deadline stop = stopBy;
        if (stop != null) {
            loop.stop(stop);
        }
        loop.run();
    }

    private void failed(Throwable error) {
        String reason = reason(error);
        if (reason.isEmpty()) {
            onFailure.accept(error);
            return;
        }
        refused = true;
        if (refusals.note(reason)) {
            LOG.warn(
                    "{} has to begin again, and tries each {}: {}",
                    Thread.currentThread().getName(),
                    BEFORE_NEXT_CONSUMER,
                    reason);
        }
    }

    /** Why the group refused it; empty for an error that is no refusal. */
    private static String reason(Throwable error) {
        if (error instanceof UnreleasedInstanceIdException) {
            return "its group.instance.id is still another member's, until that one's session ends"
                    + " (group.consumer.session.timeout.ms of the broker). If no member was killed before, two services"
                    + " have the same id. " + error.getMessage();
        }
        return error instanceof RefusedException ? error.getMessage() : "";
    }

    /**
     * Gets its loop ready to commit, before it runs.
     *
     * @throws org.apache.kafka.common.KafkaException when it cannot
     */
    public void open() {
        loop.open();
    }

    /** Where its thread is, the innermost call first; empty before it runs. */
    public StackTraceElement[] stackTrace() {
        Thread running = thread;
        return running == null ? new StackTraceElement[0] : running.getStackTrace();
    }

    /** Whether its thread has run and does so no more. */
    public boolean hasEnded() {
        return ended;
    }

    /** Whether its consumer has been taken into the group. */
    public boolean hasJoined() {
        return loop.hasJoined();
    }

    /** The group refuses it. */
    public Optional<Trouble> keptOut() {
        // As soon as it reads something it is in.
        return refusals.trouble().filter(trouble -> loop.reports().isEmpty());
    }

    /** Its turns fail, for most of them or all. */
    public Optional<Trouble> failing() {
        return loop.failing();
    }

    /** What is finished cannot be committed. */
    public Optional<Trouble> uncommitted() {
        return loop.uncommitted();
    }

    /** When the loop's last turn began. */
    public long turnNanos() {
        return loop.turnNanos();
    }

    /** How its partitions do, not longer ago than a second or so unless the loop is stuck. */
    public List<PartitionReport> reports() {
        return loop.reports();
    }

    /** The partitions that it was given and does not read yet, and since when. */
    public Map<TopicPartition, Long> waitingToStart() {
        return loop.waitingToStart();
    }

    /** Asks the loop to finish what runs until then, commit and end. */
    public void stop(Deadline deadline) {
        stopBy = deadline;
        stopping.countDown();
        loop.stop(deadline);
    }

    /** Closes the consumer, when this was never run. */
    public void close() {
        loop.close();
    }
}
