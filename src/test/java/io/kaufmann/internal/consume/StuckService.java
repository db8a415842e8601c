package io.kaufmann.internal.consume;

import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.EventNaming;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.ErrorFormat;
import io.kaufmann.handler.Result;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import io.kaufmann.internal.time.ManualTimer;
import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.internal.work.EventProcessor;
import io.kaufmann.internal.work.FailureLog;
import io.kaufmann.internal.work.FailureRules;
import io.kaufmann.internal.work.WorkerPool;
import io.kaufmann.internal.work.WorkerThreads;
import io.kaufmann.publish.Publication;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Tracing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.awaitility.Awaitility;

/** A loop and one worker whose handler hangs until it is released, on a clock that the test sets. */
public final class StuckService {

    private final LoopBench bench = new LoopBench();
    private final CountDownLatch release = new CountDownLatch(1);
    private final EventProcessor processor;
    private final WorkerPool workers;
    private final ConsumerThread consumer =
            new ConsumerThread(onFailure -> bench.loop(), bench.clock, bench.failure::set);

    /** Not started yet. */
    public StuckService() {
        processor = new EventProcessor(new EventProcessor.Parts(
                "stuck",
                new Names(EventNaming.key(), name -> true),
                Transcoders.of(new Empty()),
                event -> hangUntilReleased(),
                "group",
                new FailureRules(
                        ErrorFormat.standard(), RetryPolicy.none(), DeadLetters.none(), false, Set.of("orders")),
                () -> false,
                new Silent(),
                new ManualTimer(),
                bench.clock,
                Telemetry.NONE,
                Tracing.NONE));
        workers = new WorkerPool(
                new WorkerPool.Size(WorkerThreads.platform(), 1, 0),
                bench.queue,
                processor,
                Clock.system(),
                bench.failure::set);
    }

    private Result hangUntilReleased() throws InterruptedException {
        release.await();
        return Result.noReply();
    }

    /** Its consumers. */
    public List<ConsumerThread> consumers() {
        return List.of(consumer);
    }

    /** What it tells of the events that fail. */
    public FailureLog failures() {
        return processor.failures();
    }

    /** Runs its loop until an error of the kind that ends no service, but its thread. */
    public void dieInItsConsumerThread() throws InterruptedException {
        bench.consumer.duringPoll.add(() -> {
            throw new IllegalStateException("as a thread dies");
        });
        Thread thread = new Thread(consumer, "kaufmann-consumer-1");
        thread.start();
        thread.join();
    }

    /** Its workers. */
    public WorkerPool workers() {
        return workers;
    }

    /** Its time. */
    public SettableClock clock() {
        return bench.clock;
    }

    /** Has a partition assigned. */
    public void start() {
        bench.start(LoopBench.P0);
        workers.start();
    }

    /** Takes a turn of its loop. */
    public void turn() {
        bench.turn();
    }

    /** The group takes its partition away. */
    public void lose() {
        bench.consumer.duringPoll.add(() -> bench.consumer.losePartitions(List.of(LoopBench.P0)));
        bench.turn();
    }

    /** Brings events, and returns when the handler hangs in the first. */
    public void hang(int events) {
        bench.consumer.writeAll(List.of(LoopBench.P0), events);
        bench.turns(2);
        Awaitility.await().until(() -> workers.calls().findAny().isPresent());
    }

    /** Brings an event whose handler returns at once, and has this many commits of it refused, of which one is made. */
    public void refuseCommits(int count, String reason) {
        release();
        for (int i = 0; i < count; i++) {
            bench.consumer.commitAnswers.add(new GroupAuthorizationException(reason));
        }
        bench.consumer.writeAll(List.of(LoopBench.P0), 1);
        Awaitility.await().until(() -> {
            bench.commit();
            return bench.consumer.commitAnswers.size() < count;
        });
    }

    /** Lets the handler return, always. */
    public void release() {
        release.countDown();
    }

    /** Ends its workers. */
    public void end() throws InterruptedException {
        release();
        workers.close(Deadline.in(Duration.ofSeconds(10), Clock.system()));
        bench.close();
    }

    private static final class Empty implements Transcoder {

        @Override
        public String name() {
            return "empty";
        }

        @Override
        public Decoded decode(Encoded record) {
            return new Decoded(Meta.empty(), Payload.of(record.name().base(), Map.of()));
        }

        @Override
        public byte[] encode(Outgoing event) {
            throw new UnsupportedOperationException("It never replies");
        }
    }

    private static final class Silent implements Outbox {

        @Override
        public List<OutgoingRecord> prepare(Publication publication, Optional<Cause> cause) {
            return List.of();
        }

        @Override
        public List<OutgoingRecord> prepareWithoutMeta(Publication publication, Cause cause) {
            return List.of();
        }

        @Override
        public void send(OutgoingRecord record, Acknowledgement acknowledgement) {
            throw new UnsupportedOperationException("It never replies");
        }
    }
}
