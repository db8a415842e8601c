package io.kaufmann.task;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.health.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Replays a service's history: its handler is given the events of its topics once more, so that it builds its state anew, and what
 * it answers is not published.
 *
 * <pre>{@code
 * ReplayReport report = ReinitService.of(config).to(ReplayPosition.committed()).run(progress -> {});
 * }</pre>
 *
 * <p>The service itself must be stopped: its group is set back, read from there by this process with all the service's own settings, and
 * stands at the target in the end. Until then each commit says where the replay ends, so that one that was stopped, or killed, can be
 * resumed from where it is. No event beyond the target is handled.
 *
 * <p>Publishing is muted unless it is allowed: no producer is made that could send. What would have been sent is counted.
 *
 * <p>One replay; thread-safe as far as {@link #stop} goes, which any thread may call.
 */
public final class ReinitService {

    private final KaufmannConfig config;
    private final Map<TopicPartition, ReplayPosition> fromOf = new HashMap<>();
    private final Map<TopicPartition, ReplayPosition> toOf = new HashMap<>();
    private Optional<ReplayPosition> from = Optional.empty();
    private ReplayPosition to = ReplayPosition.newest();
    private boolean resumes;
    private boolean publishes;
    private Optional<Path> mutedTo = Optional.empty();
    private final CountDownLatch stopping = new CountDownLatch(1);

    private ReinitService(KaufmannConfig config) {
        this.config = config;
    }

    /**
     * A replay from the oldest event to the newest.
     *
     * @param config the service's own configuration, with its handler
     * @return the replay
     */
    public static ReinitService of(KaufmannConfig config) {
        return new ReinitService(Objects.requireNonNull(config, "config"));
    }

    /**
     * Where it begins, in all partitions: the oldest event unless said otherwise.
     *
     * @param position the place of the first event
     * @return this
     */
    public ReinitService from(ReplayPosition position) {
        from = Optional.of(position);
        return this;
    }

    /**
     * Where it begins in one partition.
     *
     * @param topic one of the service's topics
     * @param partition the partition's number
     * @param position the place of the first event
     * @return this
     */
    public ReinitService from(String topic, int partition, ReplayPosition position) {
        fromOf.put(new TopicPartition(topic, partition), position);
        return this;
    }

    /**
     * Where it ends, in all partitions: after the newest event at present unless said otherwise. Events that came while the service
     * stood are handled for the first time then, without an answer: {@link ReplayPosition#committed()} leaves them to the service.
     *
     * @param position the place after the last event
     * @return this
     */
    public ReinitService to(ReplayPosition position) {
        to = Objects.requireNonNull(position, "position");
        return this;
    }

    /**
     * Where it ends in one partition.
     *
     * @param topic one of the service's topics
     * @param partition the partition's number
     * @param position the place after the last event
     * @return this
     */
    public ReinitService to(String topic, int partition, ReplayPosition position) {
        toOf.put(new TopicPartition(topic, partition), position);
        return this;
    }

    /**
     * Goes on where a replay of this service stopped, to where that was to end.
     *
     * @return this
     */
    public ReinitService resume() {
        resumes = true;
        return this;
    }

    /**
     * Publishes what the handler answers, as the service does.
     *
     * @return this
     */
    public ReinitService publish() {
        publishes = true;
        return this;
    }

    /**
     * Writes what is not published to a file, a line of JSON for each record: its topic, partition, key as text, and value and headers
     * in Base64. A file that is there is continued, as a resumed replay does.
     *
     * @param file the file
     * @return this
     */
    public ReinitService mutedTo(Path file) {
        mutedTo = Optional.of(file);
        return this;
    }

    /**
     * What it would do. Nothing is changed.
     *
     * @return the plan
     * @throws TaskException when it cannot be done: the group is in use, a topic does not exist, a target lies before its start
     */
    public ReplayPlan plan() {
        try (ClusterView cluster = new ClusterView(config)) {
            return plan(new ServiceGroup(cluster.admin(), config)).plan();
        }
    }

    private record Planned(ReplayPlanner planner, ReplayPlan plan) {}

    private Planned plan(ServiceGroup group) {
        group.requireInactive();
        ReplayPlanner planner = new ReplayPlanner(group);
        boolean says = from.isPresent() || !fromOf.isEmpty();
        if (resumes) {
            return new Planned(planner, planner.resume());
        }
        if (planner.isUnderWay() && !says) {
            throw new TaskException("A replay of group " + config.consumerGroup()
                    + " stopped before its end. Go on with --resume, or begin anew by saying where (--from earliest)");
        }
        requireKnown(planner, fromOf);
        requireKnown(planner, toOf);
        ReplayPosition begin = from.orElse(ReplayPosition.earliest());
        return new Planned(
                planner,
                planner.plan(
                        partition -> fromOf.getOrDefault(partition, begin),
                        partition -> toOf.getOrDefault(partition, to)));
    }

    private static void requireKnown(ReplayPlanner planner, Map<TopicPartition, ReplayPosition> positions) {
        positions.keySet().stream()
                .filter(partition -> !planner.partitions().contains(partition))
                .findFirst()
                .ifPresent(partition -> {
                    throw new TaskException(
                            "The service reads no partition " + partition + ". It reads " + planner.partitions());
                });
    }

    /**
     * Does it, and returns when it is at its end or was stopped.
     *
     * @param progress hears a few times a second how far it is, on this thread
     * @return what was done
     * @throws TaskException when it cannot be done, or the service fails in its midst
     * @throws StartException when the service cannot start
     * @throws InterruptedException when this thread is interrupted; the replay is stopped then as by {@link #stop}
     */
    public ReplayReport run(Consumer<ReplayProgress> progress) throws InterruptedException {
        try (ClusterView cluster = new ClusterView(config)) {
            ServiceGroup group = new ServiceGroup(cluster.admin(), config);
            Planned planned = plan(group);
            try (Muting muting = publishes ? Muting.none(config) : Muting.to(config, mutedTo)) {
                return run(group, planned, muting, progress);
            }
        } catch (IOException e) {
            throw new TaskException(
                    "Cannot write " + mutedTo.map(Path::toString).orElse("") + " (" + e
                            + "). Name a file in a folder that is there, with room",
                    e);
        }
    }

    private ReplayReport run(ServiceGroup group, Planned planned, Muting muting, Consumer<ReplayProgress> progress)
            throws InterruptedException {
        Replay replay = new Replay(config, group, planned.plan(), muting, stopping);
        // The group is set back when all else is ready: what cannot start must leave it as it is.
        Kaufmann service = Kaufmann.startReplay(config, muting.producers(), () -> {
            if (stopping.getCount() == 0) {
                throw new TaskException("Stopped before it began. Nothing was changed");
            }
            group.commit(planned.planner().begin(planned.plan()));
        });
        boolean complete = replay.run(service, progress);
        if (complete) {
            replay.end(planned.planner().end(planned.plan()));
        }
        return replay.report(complete);
    }

    /**
     * Stops it: what runs is finished, and the commits say where it is. Returns at once, while {@link #run} returns when that is done.
     */
    public void stop() {
        stopping.countDown();
    }
}
