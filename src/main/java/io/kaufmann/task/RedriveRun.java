package io.kaufmann.task;

import io.kaufmann.task.LetterReader.Read;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Goes through a dead-letter topic once. One thread's; {@code stop} is anybody's to count down. */
final class RedriveRun {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RedrivePlan plan;
    private final LetterReader reader;
    private final RedriveTargets targets;
    private final RedriveMemory memory;
    // Empty in a dry run.
    private final Optional<LetterSender> sender;
    private final RedriveTally tally;
    private final CountDownLatch stop;
    private long chosen;
    private long nextSend = System.nanoTime();
    private boolean interrupted;

    RedriveRun(
            RedrivePlan plan,
            LetterReader reader,
            RedriveTargets targets,
            RedriveMemory memory,
            Optional<LetterSender> sender,
            RedriveTally tally,
            CountDownLatch stop) {
        this.plan = plan;
        this.reader = reader;
        this.targets = targets;
        this.memory = memory;
        this.sender = sender;
        this.tally = tally;
        this.stop = stop;
    }

    RedriveReport go() {
        boolean ended = false;
        try {
            ended = walk();
        } catch (InterruptedException | InterruptException e) {
            // What was sent must be remembered all the same.
            Thread.interrupted();
            interrupted = true;
        } catch (TaskException | KafkaException e) {
            tally.failed(e.getMessage());
        }
        sender.ifPresent(this::settle);
        return tally.report(plan, sender.isEmpty(), !ended && !tally.hasFailed());
    }

    /** Whether it came to the end. */
    private boolean walk() throws InterruptedException {
        while (!tally.hasFailed() && !sender.map(LetterSender::wasInterrupted).orElse(false)) {
            if (plan.limit().isPresent() && chosen >= plan.limit().getAsLong()) {
                return false;
            }
            Optional<Read> read = reader.next();
            if (read.isEmpty()) {
                return stop.getCount() > 0;
            }
            tally.read();
            if (isMeant(read.get().letter()) && !send(read.get())) {
                return false;
            }
            if (sender.isPresent() && memory.isDue()) {
                sender.get().settle();
                memory.commit();
                if (memory.isNearlyFull() && !plan.again()) {
                    tally.failed(
                            "The letters that were sent lie so scattered that no more can be remembered, and a later run"
                                    + " would send them again. The rest was not sent. Send those between them too, with a wider filter,"
                                    + " or go on with --again and a filter by time (--since), which sends what it meets");
                }
            }
        }
        return false;
    }

    private boolean isMeant(Letter letter) {
        if (!plan.filter().accepts(letter)) {
            tally.filteredOut();
        } else if (!plan.again() && memory.contains(letter)) {
            tally.alreadyRedriven();
        } else if (!targets.isKnown(letter)) {
            tally.withoutOrigin();
        } else if (letter.redriveCount() >= plan.maxTimes()) {
            tally.exhausted(letter);
        } else {
            return true;
        }
        return false;
    }

    /** Sends a letter, or counts it in a dry run; false when it was stopped before. */
    private boolean send(Read read) throws InterruptedException {
        TopicPartition target = targets.of(read.letter());
        if (sender.isEmpty()) {
            tally.sent(read.letter(), target);
        } else {
            if (!hasWaited()) {
                return false;
            }
            sender.get().send(read, target);
        }
        chosen++;
        return true;
    }

    /** Waits as the rate asks; false when it was stopped. */
    private boolean hasWaited() throws InterruptedException {
        if (plan.rate().isPresent()) {
            long now = System.nanoTime();
            nextSend = Math.max(nextSend, now);
            if (stop.await(nextSend - now, TimeUnit.NANOSECONDS)) {
                return false;
            }
            nextSend += SECOND / plan.rate().getAsInt();
        }
        return stop.getCount() > 0;
    }

    private void settle(LetterSender sending) {
        sending.settle();
        interrupted = Thread.interrupted() || sending.wasInterrupted() || interrupted;
        try {
            memory.commit();
        } catch (TaskException e) {
            if (tally.hasFailed()) {
                tally.warn(e.getMessage());
            } else {
                tally.failed(e.getMessage());
            }
        }
        if (memory.forgotten() > 0) {
            tally.warn(
                    memory.forgotten() + " of the redriven letters lie so scattered that they cannot be remembered: a"
                            + " later run would send them again. Redrive the others too, or filter by time (--since)");
        }
    }

    /** Whether the thread was interrupted; it is for the caller to tell it so again, when all clients are closed. */
    boolean wasInterrupted() {
        return interrupted;
    }
}
