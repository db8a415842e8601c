package io.kaufmann.internal.consume;

import io.kaufmann.handler.Ordering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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
    private final SimWorld world;
    private final Ordering ordering;
    private final List<SimProcess> processes = new ArrayList<>();
    private final List<Long> firstEffects = new ArrayList<>();
    private final Map<Long, String> laneOf = new HashMap<>();
    private int names;
    private int depth;
    private long ids;
    private long trace = 17;

    /** One where offsets are committed alone. */
    Simulation(long seed) {
        this(seed, Optional.empty());
    }

    /** One where answers and offsets are committed in transactions. */
    static Simulation exactlyOnce(long seed, SimMeetings met) {
        return new Simulation(seed, Optional.of(met));
    }

    private Simulation(long seed, Optional<SimMeetings> met) {
        this.random = new Random(seed);
        this.ordering = List.of(Ordering.values()).get(random.nextInt(3));
        this.group = new SimGroup(PARTITIONS, random);
        Optional<SimTransactions> transactions = met.map(some -> new SimTransactions(group, clock, some));
        transactions.ifPresent(some -> {
            group.commitBy(some);
            commitBefore();
        });
        this.world = new SimWorld(
                group, transactions, clock, random, met.orElseGet(SimMeetings::new), this::happenElsewhere);
    }

    /** As if offsets had been committed alone before, with a map of what is finished beyond them, which must not be trusted. */
    private void commitBefore() {
        if (random.nextInt(4) == 0) {
            GapMap beyond = GapMap.of(1, new long[] {1, 3});
            String metadata = new CommitMetadata(OptionalInt.of(PARTITIONS), beyond, Map.of(), OptionalLong.empty())
                    .text(0, 1_000);
            group.committed.put(anyPartition(), new OffsetAndMetadata(0, metadata));
        }
    }

    /** Runs it; throws {@link AssertionError} with the promise that is broken. Gives a number that tells its course. */
    long run() {
        start("service" + names++);
        start("service" + names++);
        for (int i = 0; i < STEPS; i++) {
            if (world.transactions().isPresent()) {
                stepOfTransactions(random.nextInt(118));
            } else {
                step(random.nextInt(100));
            }
        }
        settle();
        group.checkDemands();
        checkOrder();
        return trace;
    }

    private void start(String name) {
        processes.add(new SimProcess(world, name, ordering, firstEffects));
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

    private void stepOfTransactions(int dice) {
        if (dice < 100) {
            step(dice);
        } else {
            trace = trace * 31 + dice;
            if (dice < 103) {
                group.newEpoch();
            } else if (dice < 105) {
                fence();
            } else if (dice < 110) {
                // From a nanosecond to a second.
                clock.advance(1L << random.nextInt(31));
            } else if (dice < 112) {
                clock.advance(random.nextInt(12) * 1_000_000_000L);
            } else if (dice < 116) {
                anyProcess().goOn();
            } else if (dice < 117) {
                anyMember().hearOfTheGroup();
            } else {
                stop();
            }
        }
        bury();
        group.checkDemands();
    }

    /** What happens while a process waits for the broker. */
    private void happenElsewhere() {
        if (depth >= 2) {
            return;
        }
        depth++;
        int dice = random.nextInt(20);
        if (dice < 8) {
            turn(anyProcess());
        } else if (dice < 11) {
            anyProcess().work();
        } else if (dice < 12) {
            anyProcess().answer();
        } else if (dice < 14) {
            group.rebalance(true);
            group.newEpoch();
        } else if (dice < 15) {
            expelOne();
        } else if (dice < 16) {
            fence();
        } else if (dice < 17) {
            group.newEpoch();
        } else if (dice < 18) {
            anyMember().hearOfTheGroup();
        } else {
            anyProcess().goOn();
        }
        depth--;
    }

    private SimConsumer anyMember() {
        SimProcess process = anyProcess();
        return process.threads.get(random.nextInt(process.threads.size())).consumer();
    }

    /** Another one takes a transactional id, or a coordinator believes so. */
    private void fence() {
        SimProcess process = anyProcess();
        world.transactions()
                .orElseThrow()
                .init(process.threads
                        .get(random.nextInt(process.threads.size()))
                        .transactionalId());
    }

    private void stop() {
        SimProcess stopping = anyProcess();
        boolean hasStopped = true;
        for (SimThread thread : stopping.threads) {
            hasStopped &= thread.stop();
        }
        if (hasStopped) {
            stopping.dead = true;
        }
    }

    /** Others come for those that are dead: by the same transactional ids, or by others. */
    private void bury() {
        for (SimProcess dead : processes.stream().filter(some -> some.dead).toList()) {
            processes.remove(dead);
            dead.die();
            start(random.nextBoolean() ? dead.name() : "service" + names++);
            group.rebalance(false);
        }
    }

    private void produce() {
        TopicPartition partition = anyPartition();
        String key = "k" + random.nextInt(KEYS);
        SimLog.Entry entry = group.append(partition, ++ids, key, random.nextInt(10) > 0);
        laneOf.put(entry.id(), ordering == Ordering.KEY ? partition + key : partition.toString());
    }

    private void turn(SimProcess process) {
        int which = random.nextInt(process.threads.size());
        process.threads.get(which).turn();
    }

    private void expelOne() {
        group.expel(anyMember());
        group.rebalance(false);
    }

    private void crash() {
        if (world.transactions().isPresent()) {
            anyProcess().dead = true;
            return;
        }
        SimProcess dead = processes.remove(random.nextInt(processes.size()));
        dead.die();
        start(dead.name());
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
                process.threads.forEach(SimThread::turn);
                while (process.work() || process.answer()) {
                    trace++;
                }
                process.ring();
            }
            clock.advance(world.transactions().isPresent() ? 1_000_000_000 : 10_000_000);
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
        if (world.transactions().isPresent()) {
            trace = trace * 31 + world.transactions().get().checkOrder();
            return;
        }
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
                    () -> "P3: the first effect of " + before + " came before that of " + id + ", in "
                            + laneOf.get(id));
        }
        trace = trace * 31 + firstEffects.hashCode();
    }
}
