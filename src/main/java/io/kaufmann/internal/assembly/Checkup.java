package io.kaufmann.internal.assembly;

import io.kaufmann.event.EventName;
import io.kaufmann.health.Health;
import io.kaufmann.health.Health.Status;
import io.kaufmann.health.PartitionHealth;
import io.kaufmann.health.Reachability;
import io.kaufmann.health.Reachability.Answer;
import io.kaufmann.health.State;
import io.kaufmann.health.Traffic;
import io.kaufmann.health.WorkerHealth;
import io.kaufmann.internal.assembly.Stall.Kind;
import io.kaufmann.internal.consume.PartitionReport;
import io.kaufmann.internal.consume.Trouble;
import io.kaufmann.internal.handoff.Stage;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.work.TimeLimit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Puts together how a service does. Quick, and asks nobody outside. Thread-safe. */
final class Checkup {

    private static final Traffic NOTHING_DONE = new Traffic(Map.of(), 0, 0, new Traffic.Latencies(List.of()));

    private final Watched watched;
    private final Stalls stalls;
    private final Vitals vitals;
    private final Supplier<State> state;
    private final Clock clock;

    Checkup(Watched watched, Stalls stalls, Vitals vitals, Supplier<State> state, Clock clock) {
        this.watched = watched;
        this.stalls = stalls;
        this.vitals = vitals;
        this.state = state;
        this.clock = clock;
    }

    /** How a service does that has nothing to be looked at: not yet, or because it could not start. */
    static Health without(State state) {
        return new Health(
                Status.DOWN,
                state,
                new Health.Probes(state != State.FAILED, false, Reachability.UNKNOWN, Reachability.UNKNOWN),
                List.of("The service is " + state),
                List.of(),
                WorkerHealth.NONE,
                NOTHING_DONE,
                List.of());
    }

    /** How the service does. */
    Health health() {
        // First: its words are about the state that it finds.
        List<String> failures = vitals.failures();
        State now = state.get();
        // What has ended reads nothing and asks nobody.
        List<Stall> stalled = now.isFinal() ? List.of() : stalls.present();
        List<PartitionHealth> partitions = now.isFinal() ? List.of() : partitions(stalled);
        Probe.Answers answers = watched.probe().answers();
        Reachability broker = reachability(answers.broker(), now);
        Reachability registry = reachability(answers.registry(), now);
        List<String> outside = now == State.RUNNING ? notInTheirGroup() : List.of();
        boolean live = now != State.FAILED
                && failures.isEmpty()
                && !(watched.limits().stalledNotLive() && isAny(Kind.HANDLER, stalled));
        boolean ready = now == State.RUNNING
                && failures.isEmpty()
                && outside.isEmpty()
                && !isAny(Kind.CONSUMER, stalled)
                && broker.answer() == Answer.REACHED
                && (registry.answer() == Answer.REACHED || registry.answer() == Answer.UNUSED);
        List<String> problems =
                new ArrayList<>(stalled.stream().map(Stall::text).toList());
        problems.addAll(failures);
        problems.addAll(outside);
        broker.problem().ifPresent(problems::add);
        registry.problem().ifPresent(problems::add);
        if (now == State.RUNNING && watched.probe().isLate()) {
            problems.add("kaufmann-probe gets to no end: it is not known whether the brokers and the registry answer");
        }
        if (now != State.RUNNING) {
            problems.add("The service is " + now);
        }
        return new Health(
                status(now, stalled.isEmpty() && failures.isEmpty()),
                now,
                new Health.Probes(live, ready, broker, registry),
                problems,
                partitions,
                workers(),
                watched.tally().traffic(),
                watched.failures().last());
    }

    private static Status status(State now, boolean goesOn) {
        if (now != State.RUNNING) {
            return Status.DOWN;
        }
        return goesOn ? Status.UP : Status.STALLED;
    }

    private static boolean isAny(Kind kind, List<Stall> stalled) {
        return stalled.stream().anyMatch(stall -> stall.kind() == kind);
    }

    private Reachability reachability(Reach reach, State now) {
        return now.isFinal() && reach.answer() != Answer.UNUSED ? Reachability.UNKNOWN : reach.at(clock);
    }

    /** Consumers that the group has not taken in. One that it refuses for long is among the stalls. */
    private List<String> notInTheirGroup() {
        List<String> out = new ArrayList<>();
        watched.forEachConsumer((consumer, name) -> {
            Optional<Trouble> refusal = consumer.keptOut();
            boolean stalled = refusal.filter(trouble -> watched.limits().isTooLong(trouble.lasting()))
                    .isPresent();
            if (!stalled && (refusal.isPresent() || !consumer.hasJoined())) {
                out.add(name + " is not in its group yet"
                        + refusal.map(trouble -> ": " + trouble.reason()).orElse(""));
            }
        });
        return out;
    }

    private WorkerHealth workers() {
        return new WorkerHealth(
                watched.workers().size(),
                watched.workers().busy(),
                watched.workers().lost()
                        + watched.timeLimit().map(TimeLimit::unreplaced).orElse(0),
                watched.workers().queued());
    }

    private List<PartitionHealth> partitions(List<Stall> stalled) {
        Set<TopicPartition> standing =
                stalled.stream().flatMap(stall -> stall.partitions().stream()).collect(Collectors.toSet());
        Map<TopicPartition, Long> ends = watched.probe().answers().ends();
        return watched.reports().stream()
                .map(report -> health(report, standing.contains(report.partition()), ends))
                .sorted(Comparator.comparing(PartitionHealth::topic).thenComparing(PartitionHealth::partition))
                .toList();
    }

    private PartitionHealth health(PartitionReport report, boolean stalled, Map<TopicPartition, Long> ends) {
        return new PartitionHealth(
                report.partition().topic(),
                report.partition().partition(),
                report.committed(),
                report.position(),
                lag(report, Optional.ofNullable(ends.get(report.partition()))),
                report.events(),
                report.bytes(),
                report.gapMapBytes(),
                stalled,
                report.pause(),
                oldest(report, Stage.RUNNING),
                oldest(report, Stage.QUEUED),
                oldest(report, Stage.ANSWERING),
                oldest(report, Stage.RETRYING));
    }

    /** The end is as old as the last probe: what was read since lies beyond it. */
    private static OptionalLong lag(PartitionReport report, Optional<Long> end) {
        return end.map(known -> OptionalLong.of(Math.max(0, Math.max(known, report.position()) - report.committed())))
                .orElse(OptionalLong.empty());
    }

    private Optional<PartitionHealth.Oldest> oldest(PartitionReport report, Stage stage) {
        return Optional.ofNullable(report.oldest().get(stage))
                .map(oldest -> new PartitionHealth.Oldest(
                        oldest.delivery().name().map(EventName::printable).orElse("without a name"),
                        oldest.delivery().record().offset(),
                        clock.since(oldest.sinceNanos())));
    }
}
