package io.kaufmann.internal.produce;

import io.kaufmann.internal.handoff.Transactions;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.publish.PublishException;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions over a Kafka producer. For one consumer thread.
 *
 * <p>A producer that cannot even abort is closed, and the next transaction opens another one, by which the broker aborts what the first
 * has left.
 */
public final class KafkaTransactions implements Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTransactions.class);

    private static final Duration LAST_REQUESTS = Duration.ofSeconds(5);
    private static final Duration LONGEST_LOOK_UP = Duration.ofSeconds(2);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Topics topics;
    private final Telemetry telemetry;
    private final Clock clock;
    private final ExecutorService thread;

    // Consumer thread, or its own while that does something.
    // Null while there is none that can be used.
    private Producer<byte[], byte[]> producer;
    // Any thread: what a thread of its own is at may outlast the consumer thread's patience.
    private volatile boolean closed;
    // What is on its way while nobody knows whether it was committed; null otherwise.
    private TransactionSends undecided;

    /**
     * Those of one transactional id.
     *
     * @param producers opens a producer with that id
     * @param topics what is known of topics
     * @param telemetry hears of producers, and of what is written
     * @param clock tells the time
     * @param thread does what is not waited for, one after the other; it is shut down in the end
     */
    public KafkaTransactions(
            Supplier<Producer<byte[], byte[]>> producers,
            Topics topics,
            Telemetry telemetry,
            Clock clock,
            ExecutorService thread) {
        this.thread = thread;
        this.producers = producers;
        this.topics = topics;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public void open() {
        if (producer != null) {
            return;
        }
        failIfClosed();
        Producer<byte[], byte[]> fresh = producers.get();
        try {
            fresh.initTransactions();
            // It would shut out whoever has come next, and nobody would close it.
            failIfClosed();
        } catch (RuntimeException | Error e) {
            fresh.close(Duration.ZERO);
            throw e;
        }
        producer = fresh;
        telemetry.opened(fresh);
    }

    private void failIfClosed() {
        if (closed) {
            throw new KafkaException("These transactions are closed: what was kept for them comes again");
        }
    }

    @Override
    public void run(Runnable task) {
        thread.execute(task);
    }

    @Override
    public boolean finish(Duration longest) {
        try {
            thread.submit(() -> {}).get(longest.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nothing cannot fail", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public Result commit(Batch batch) {
        if (undecided != null) {
            throw new IllegalStateException("The last transaction is not decided yet. This is a bug in Kaufmann");
        }
        TransactionSends sends = new TransactionSends(batch, telemetry, clock);
        try {
            open();
            List<Refusal> refusals = refusals(sends);
            if (!refusals.isEmpty()) {
                return new Refused(refusals);
            }
        } catch (KafkaException e) {
            return isShutOut(e) ? new ShutOut(e) : new NotCommitted(e);
        }
        try {
            producer.beginTransaction();
            sends.sendBy(producer);
            producer.sendOffsetsToTransaction(batch.offsets(), batch.group());
        } catch (KafkaException e) {
            return abort(sends, e);
        }
        undecided = sends;
        return decide();
    }

    /** Whether it is not known yet what has become of the last one. */
    boolean isUndecided() {
        return undecided != null;
    }

    @Override
    public Result decide() {
        TransactionSends sends = undecided;
        try {
            producer.commitTransaction();
        } catch (TimeoutException | InterruptException e) {
            // To abort it now would be to guess.
            return new Undecided(e);
        } catch (KafkaException e) {
            undecided = null;
            Result aborted = abort(sends, e);
            // One that could not be aborted may have been committed.
            return producer == null ? new ShutOut(e) : aborted;
        }
        undecided = null;
        sends.committed();
        return new Committed();
    }

    private Result abort(TransactionSends sends, KafkaException reason) {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            LOG.debug("A transaction could not be aborted: its producer is closed", e);
            closeProducer(Duration.ZERO);
            if (isShutOut(reason) || isShutOut(e)) {
                return new ShutOut(reason);
            }
        }
        List<Refusal> refusals = sends.refusals();
        if (!refusals.isEmpty()) {
            return new Refused(refusals);
        }
        if (sends.hasFailed()) {
            // Perhaps a topic is gone: then the next try shall find that out instead of waiting for it again.
            sends.topics().forEach(topics::forget);
        }
        return new NotCommitted(reason);
    }

    private static boolean isShutOut(KafkaException error) {
        return error instanceof ProducerFencedException || error instanceof InvalidProducerEpochException;
    }

    /** Those whose topic is gone. Waits a moment for topics that have to be looked up. */
    private List<Refusal> refusals(TransactionSends sends) {
        List<Refusal> refusals = new ArrayList<>(0);
        for (String topic : sends.topics()) {
            try {
                sends.hasPartitions(topic, lookUp(topic).get(LONGEST_LOOK_UP.toMillis(), TimeUnit.MILLISECONDS));
            } catch (ExecutionException e) {
                PublishException problem = (PublishException) e.getCause();
                if (problem.retriable()) {
                    throw new TimeoutException(problem.getMessage(), problem);
                }
                refusals.addAll(sends.refusalsOf(Set.of(topic), problem));
            } catch (java.util.concurrent.TimeoutException e) {
                throw new TimeoutException("topic " + topic + " is still being looked up", e);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
        return refusals;
    }

    private CompletableFuture<Integer> lookUp(String topic) {
        CompletableFuture<Integer> found = new CompletableFuture<>();
        topics.find(topic, new Topics.Answer() {
            @Override
            public void partitions(int count) {
                found.complete(count);
            }

            @Override
            public void unknown(PublishException problem) {
                found.completeExceptionally(problem);
            }
        });
        return found;
    }

    private void closeProducer(Duration timeout) {
        Producer<byte[], byte[]> closing = producer;
        producer = null;
        if (closing != null) {
            telemetry.closed(closing);
            closing.close(timeout);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            closeProducer(LAST_REQUESTS);
        } catch (KafkaException e) {
            LOG.warn(
                    "The producer of transactions did not close in order: the broker ends what it left by its time-out",
                    e);
        }
    }
}
