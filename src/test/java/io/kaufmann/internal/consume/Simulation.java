package io.kaufmann.internal.consume;

import io.kaufmann.handler.Ordering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * One schedule: a seed decides what happens, in which order: turns of consumer loops and workers, answers, time, rebalances, lost
 * sessions, failures, crashes, new leaders, logs that are cut. In the end all goes well, and everything must come to its end.
 * For one thread.
 */
final class Simulation {

    private static final int PARTITIONS = 3;
    private static final int KEYS = 4;
    private static final int STEPS = 250;
    private static final int ROUNDS = 400;

    private final Random random;
    private final SimClock clock = new SimClock();
    private final SimGroup group;
    private final Ordering ordering;
    private final List<SimProcess> processes = new ArrayList<>();
    private final List<Long> firstEffects = new ArrayList<>();
    private final Map<Long, String> laneOf = new HashMap<>();
    private long ids;
    private long trace = 17;

    Simulation(long seed) {
        this.random = new Random(seed);
        this.ordering = List.of(Ordering.values()).get(random.nextInt(3));
        this.group = new SimGroup(PARTITIONS, random);
    }

    /** Runs it; throws {@link AssertionError} with the promise that is broken. Gives a number that tells its course. */
    long run() {
        start();
        start();
        for (int i = 0; i < STEPS; i++) {
            step(random.nextInt(100));
        }
        settle();
        checkOrder();
        return trace;
    }

    private void start() {
        processes.add(new SimProcess(group, clock, random, ordering, firstEffects));
    }

    private SimProcess anyProcess() {
        return processes.get(random.nextInt(processes.size()));
    }

    private TopicPartition anyPartition() {
        return new TopicPartition("orders", random.nextInt(PARTITIONS));
    }

    private void step(int dice) {
        trace = trace * 31 + dice;
        if (dice < 18) {
            produce();
        } else if (dice < 45) {
            turn(anyProcess());
        } else if (dice < 65) {
            anyProcess().work();
        } else if (dice < 80) {
            anyProcess().answer();
        } else if (dice < 86) {
            anyProcess().ring();
        } else if (dice < 90) {
            clock.advance(random.nextInt(60_000));
        } else if (dice < 94) {
            group.rebalance(true);
        } else if (dice < 96) {
            expelOne();
        } else if (dice < 97) {
            crash();
        } else if (dice < 98) {
            group.logs.get(anyPartition()).newLeader();
        } else if (dice < 99) {
            group.logs.get(anyPartition()).skip(1 + random.nextInt(3));
        } else {
            cut();
        }
    }

    private void produce() {
        TopicPartition partition = anyPartition();
        String key = "k" + random.nextInt(KEYS);
        SimLog.Entry entry = group.logs.get(partition).append(++ids, key, random.nextInt(10) > 0);
        laneOf.put(entry.id(), ordering == Ordering.KEY ? partition + key : partition.toString());
    }

    private void turn(SimProcess process) {
        int which = random.nextInt(process.loops.size());
        process.loops.get(which).turn();
    }

    private void expelOne() {
        SimProcess process = anyProcess();
        group.expel(process.consumers.get(random.nextInt(process.consumers.size())));
        group.rebalance(false);
    }

    private void crash() {
        SimProcess dead = processes.remove(random.nextInt(processes.size()));
        dead.die();
        start();
        group.rebalance(false);
    }

    private void cut() {
        TopicPartition partition = anyPartition();
        SimLog log = group.logs.get(partition);
        long from = group.cutFrom(partition);
        if (from < log.end()) {
            trace = trace * 31 + from;
            log.cut(from + random.nextInt((int) (log.end() - from)));
        }
    }

    /** No more faults: everything must come to its end. */
    private void settle() {
        processes.forEach(SimProcess::becomeFaultless);
        for (int round = 0; round < ROUNDS; round++) {
            if (group.isDone()) {
                return;
            }
            group.rebalance(false);
            for (SimProcess process : processes) {
                process.loops.forEach(ConsumerLoop::turn);
                while (process.work() || process.answer()) {
                    trace++;
                }
                process.ring();
            }
            clock.advance(10_000_000);
        }
        throw new AssertionError("A stall: after " + ROUNDS + " rounds without a fault there is still "
                + group.logs.values().stream().map(this::rest).collect(Collectors.joining("; ")) + "; " + processes);
    }

    private String rest(SimLog log) {
        return log.partition + ", committed " + group.committed.get(log.partition) + " of " + log.end() + ", owner: "
                + group.owner(log.partition) + ", first open: "
                + log.entries.stream().filter(entry -> !group.isFinished(entry)).findFirst();
    }

    /** P3: the first effects of a lane come in the order of its events. */
    private void checkOrder() {
        if (ordering == Ordering.UNORDERED) {
            return;
        }
        Map<String, Long> last = new HashMap<>();
        // What a cut took from its log has no order any more.
        Set<Long> there = group.logs.values().stream()
                .flatMap(log -> log.entries.stream())
                .map(SimLog.Entry::id)
                .collect(Collectors.toSet());
        for (long id : firstEffects.stream().filter(there::contains).toList()) {
            Long before = last.put(laneOf.get(id), id);
            SimGroup.require(
                    before == null || before < id,
                    "P3: the first effect of " + before + " came before that of " + id + ", in " + laneOf.get(id));
        }
        trace = trace * 31 + firstEffects.hashCode();
    }
}
