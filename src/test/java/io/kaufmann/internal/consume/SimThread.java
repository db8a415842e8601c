package io.kaufmann.internal.consume;

import io.kaufmann.internal.consume.SimMeetings.Meeting;
import io.kaufmann.internal.handoff.Handoff;
import io.kaufmann.internal.handoff.Transactions;
import io.kaufmann.internal.produce.KafkaTransactions;
import io.kaufmann.internal.produce.Topics;
import io.kaufmann.internal.time.Deadline;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a consumer thread of a simulated process does, turn by turn: where its loop was shut out, it begins another one. */
final class SimThread {

    private final SimProcess process;
    private final SimWorld world;
    private final String transactionalId;
    private final Supplier<LoopSettings> settings;
    private final Handoff handoff;
    private final Topics topics;
    // Null from the end of a loop to the next.
    private ConsumerLoop loop;
    private SimConsumer consumer;
    // What commits for the present loop, and for those before that have not come to their end.
    private final List<SimExecutor> executors = new ArrayList<>();
    private boolean busy;
    private Throwable failure;

    SimThread(
            SimProcess process,
            SimWorld world,
            String transactionalId,
            Supplier<LoopSettings> settings,
            Handoff handoff,
            Topics topics) {
        this.process = process;
        this.world = world;
        this.transactionalId = transactionalId;
        this.settings = settings;
        this.handoff = handoff;
        this.topics = topics;
        begin();
    }

    private void begin() {
        SimConsumer fresh = new SimConsumer(world, process);
        loop = new ConsumerLoop(
                new ConsumerLoop.Clients(fresh, transactions(fresh)),
                settings.get(),
                handoff,
                world.clock(),
                this::failed);
        loop.subscribe();
        world.group().join(fresh);
        consumer = fresh;
    }

    private Optional<Transactions> transactions(SimConsumer of) {
        if (world.transactions().isEmpty()) {
            return Optional.empty();
        }
        SimTransactions coordinator = world.transactions().get();
        SimExecutor executor = new SimExecutor();
        executors.add(executor);
        of.executor = executor;
        return Optional.of(new KafkaTransactions(
                () -> of.producer = new SimProducer(transactionalId, coordinator, process, of, world),
                topics,
                Telemetry.NONE,
                world.clock(),
                executor));
    }

    private void failed(Throwable error) {
        failure = error;
    }

    SimConsumer consumer() {
        return consumer;
    }

    Optional<ConsumerLoop> loop() {
        return Optional.ofNullable(loop);
    }

    String transactionalId() {
        return transactionalId;
    }

    /** A turn of the thread that commits. False when it has nothing to do. */
    boolean commit() {
        executors.removeIf(SimExecutor::isTerminated);
        // Its dead, too, come to their end.
        return !process.dead
                && List.copyOf(executors).stream().filter(SimExecutor::turn).count() > 0;
    }

    /** One turn, unless the thread is in one already. */
    void turn() {
        if (world.transactions().isEmpty()) {
            loop.turn();
            return;
        }
        if (busy || process.dead) {
            return;
        }
        busy = true;
        try {
            if (loop == null) {
                begin();
            }
            loop.tryTurn();
        } catch (RefusedException e) {
            loop.letGoOfAll();
            loop.close();
            loop = null;
        } catch (SimDeath e) {
            process.dead = true;
        } catch (RuntimeException e) {
            if (!process.dead) {
                throw e;
            }
        } finally {
            busy = false;
        }
    }

    /** Stops in order. False when it cannot just now. */
    boolean stop() {
        if (busy) {
            return false;
        }
        if (loop == null || process.dead) {
            return true;
        }
        world.met().note(consumer.isUndecided() ? Meeting.STOPPED_WHILE_UNDECIDED : Meeting.STOPPED_WITHOUT_TROUBLE);
        busy = true;
        loop.stop(Deadline.in(Duration.ofNanos(world.random().nextInt(50_000)), world.clock()));
        consumer.stopping = true;
        process.whileTheWorldGoesOn(loop);
        if (failure instanceof SimDeath) {
            process.dead = true;
        } else if (!process.dead && failure != null && !(failure instanceof RefusedException)) {
            SimProcess.fail(failure);
        }
        return true;
    }
}
