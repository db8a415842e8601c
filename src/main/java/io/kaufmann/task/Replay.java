package io.kaufmann.task;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.health.State;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** One run of a replay, from the service's start to its end. One thread's, but for the latch. */
final class Replay {

    private static final long BETWEEN_LOOKS_MILLIS = 250;
    private static final int LOOKS_BETWEEN_MEMBERS = 8;
    // Each waits for as long as a request may take.
    private static final int MOST_FAILED_LOOKS = 20;
    // After the service has left the group, until the broker has seen that.
    private static final Duration UNTIL_EMPTY = Duration.ofSeconds(60);

    private final KaufmannConfig config;
    private final ServiceGroup group;
    private final ReplayPlan plan;
    private final Muting muting;
    private final CountDownLatch stopping;
    private final Map<TopicPartition, Long> at = new HashMap<>();
    private final long startNanos = System.nanoTime();
    private int looksWithStrangers;
    private int failedLooks;

    Replay(KaufmannConfig config, ServiceGroup group, ReplayPlan plan, Muting muting, CountDownLatch stopping) {
        this.config = config;
        this.group = group;
        this.plan = plan;
        this.muting = muting;
        this.stopping = stopping;
        plan.partitions().forEach(part -> at.put(part.topicPartition(), part.from()));
    }

    /** Waits until the service is at the end, or is to stop; stops it. Tells whether it is at the end. */
    boolean run(Kaufmann service, Consumer<ReplayProgress> progress) throws InterruptedException {
        try {
            for (int look = 1; !isAtEnd(); look++) {
                progress.accept(progress());
                if (stopping.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
                if (service.state() == State.FAILED || service.state() == State.STOPPED) {
                    throw new TaskException(
                            "The service failed in the midst of the replay, as its log tells. What is done is"
                                    + " committed: mend it, and go on with --resume");
                }
                muting.requireWritten();
                look(look % LOOKS_BETWEEN_MEMBERS == 0);
            }
        } finally {
            service.close();
        }
        muting.requireWritten();
        readCommits();
        progress.accept(progress());
        return isAtEnd();
    }

    /** A broker may be away for a while: the service goes on when it is back, and so does this. */
    private void look(boolean atMembersToo) {
        try {
            if (atMembersToo) {
                requireAlone();
            }
            readCommits();
            failedLooks = 0;
        } catch (TaskException e) {
            boolean passes = e.getCause() instanceof RetriableException || e.getCause() instanceof TimeoutException;
            if (!passes || ++failedLooks > MOST_FAILED_LOOKS) {
                throw passes
                        ? new TaskException(e.getMessage() + ". What is done is committed: go on with --resume", e)
                        : e;
            }
        }
    }

    private void readCommits() {
        group.commits().forEach((partition, commit) -> at.computeIfPresent(partition, (known, old) -> commit.offset()));
    }

    private boolean isAtEnd() {
        return plan.partitions().stream().allMatch(part -> at.get(part.topicPartition()) >= part.to());
    }

    /** Somebody else in the group would take partitions, and publish. */
    private void requireAlone() {
        Collection<MemberDescription> members = group.members();
        // One of ours that has just been replaced may be there for a moment.
        looksWithStrangers = members.size() > config.consumerThreads() ? looksWithStrangers + 1 : 0;
        if (looksWithStrangers > 1) {
            throw new TaskException("Somebody else has joined group " + group.group() + " in the midst of its replay: "
                    + ServiceGroup.names(members)
                    + ". The replay has stopped. Stop the service, and go on with --resume");
        }
    }

    private ReplayProgress progress() {
        return new ReplayProgress(done(), plan.events(), muting.count(), elapsed());
    }

    private long done() {
        return plan.partitions().stream()
                .mapToLong(part -> at.get(part.topicPartition()) - part.from())
                .sum();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Sets the commits to what a service begins with, once the broker has seen that the group is empty. */
    void end(Map<TopicPartition, OffsetAndMetadata> commits) throws InterruptedException {
        long until = System.nanoTime() + UNTIL_EMPTY.toNanos();
        while (true) {
            try {
                group.commit(commits);
                return;
            } catch (TaskException e) {
                boolean isNotEmpty = e.getCause() instanceof UnknownMemberIdException
                        || e.getCause() instanceof GroupNotEmptyException;
                if (!isNotEmpty || System.nanoTime() > until) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
            }
        }
    }

    ReplayReport report(boolean complete) {
        return new ReplayReport(plan, complete, done(), muting.failed(), muting.byEvent(), elapsed());
    }
}
