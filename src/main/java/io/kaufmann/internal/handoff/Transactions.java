package io.kaufmann.internal.handoff;

import io.kaufmann.publish.PublishException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes what is kept with events, and commits them, in one: all of it or nothing. For one consumer thread, one transaction after the
 * other; each call may block for some seconds.
 */
public interface Transactions extends AutoCloseable {

    /**
     * Ends what was left open under the same transactional id, and shuts out whoever has used it before. Does nothing when that is done
     * already.
     *
     * @throws KafkaException when it is not to be had, now or ever
     */
    void open();

    /** Has something done on a thread of its own, one after the other. Whoever does so uses nothing else until it is done. */
    void run(Runnable task);

    /** Waits until what was to be done is done. False when the time was over first. */
    boolean finish(Duration longest);

    /** Tries a transaction. None may be {@linkplain Undecided undecided}: one that is must be {@linkplain #decide decided} before. */
    Result commit(Batch batch);

    /** Tries to find out what has become of an undecided one, by having it committed once more. */
    Result decide();

    /** Gives up what is open, and ends. */
    @Override
    void close();

    /**
     * What goes into one transaction.
     *
     * @param deliveries the events that are finished, with what is kept with them, in the order to be written
     * @param offsets what is committed
     * @param group the membership of the consumer at this moment
     */
    record Batch(
            List<Delivery> deliveries, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {}

    /** What has become of a transaction. */
    sealed interface Result {}

    /** All of it is written and committed. */
    record Committed() implements Result {}

    /**
     * Nothing is, because of answers that can never be written.
     *
     * @param refusals which these are, or are taken to be; not empty
     */
    record Refused(List<Refusal> refusals) implements Result {}

    /**
     * An answer that can never be written.
     *
     * @param delivery the event it came of
     * @param answer the answer
     * @param error why
     * @param isProven whether it is known to be this one, which it also is when it is alone in its transaction
     */
    record Refusal(Delivery delivery, KeptAnswer answer, PublishException error, boolean isProven) {}

    /**
     * Nothing is, and the next try may have more luck.
     *
     * @param reason why
     */
    record NotCommitted(KafkaException reason) implements Result {}

    /**
     * Nobody knows yet.
     *
     * @param reason why
     */
    record Undecided(KafkaException reason) implements Result {}

    /**
     * Another one has the transactional id by now, or what has become of the last one can be told by the committed offsets only: what
     * is kept must be dropped, and read again from where the group has committed.
     *
     * @param reason why
     */
    record ShutOut(KafkaException reason) implements Result {}
}
