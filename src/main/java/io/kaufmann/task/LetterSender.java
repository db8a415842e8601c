package io.kaufmann.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.internal.handoff.DeadLetterHeaders;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Sends dead letters, those of one ordering key one after the other's acknowledgement: if one cannot be sent, none that should
 * come after it was. One thread's.
 */
final class LetterSender {

    private static final int MOST_UNDER_WAY = 500;

    private final Producer<byte[], byte[]> producer;
    private final boolean byPartition;
    private final boolean newTime;
    private final RedriveMemory memory;
    private final RedriveTally tally;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private final Map<String, UnderWay> lanes = new HashMap<>();
    private boolean interrupted;

    private record UnderWay(LetterReader.Read read, TopicPartition target, String lane, Future<?> acknowledgement) {}

    /** With whether all of a partition come one after the other, and not just those of a key; and with the time of now. */
    LetterSender(
            Producer<byte[], byte[]> producer,
            boolean byPartition,
            boolean newTime,
            RedriveMemory memory,
            RedriveTally tally) {
        this.producer = producer;
        this.byPartition = byPartition;
        this.newTime = newTime;
        this.memory = memory;
        this.tally = tally;
    }

    /** Sends a letter, unless an earlier one failed: the tally knows. */
    void send(LetterReader.Read read, TopicPartition target) {
        while (!underWay.isEmpty()
                && (underWay.peek().acknowledgement().isDone() || underWay.size() >= MOST_UNDER_WAY)) {
            settleFirst();
        }
        String lane = lane(read.letter());
        while (lanes.containsKey(lane)) {
            settleFirst();
        }
        if (!tally.hasFailed()) {
            try {
                UnderWay sent = new UnderWay(read, target, lane, producer.send(outgoing(read.letter(), target)));
                underWay.add(sent);
                lanes.put(lane, sent);
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                failed(read.letter(), target, e);
            }
        }
    }

    private String lane(Letter letter) {
        String partition = letter.origin().map(TopicPartition::toString).orElse("");
        return byPartition
                ? partition
                : letter.orderingKey().map(key -> partition + '#' + key).orElse(partition);
    }

    private ProducerRecord<byte[], byte[]> outgoing(Letter letter, TopicPartition target) {
        Headers headers = new RecordHeaders();
        letter.record().headers().forEach(header -> {
            // A stack trace is for whoever looks at dead letters, and long.
            if (!header.key().equals(Letter.COUNT) && !header.key().equals(DeadLetterHeaders.STACK_TRACE)) {
                headers.add(header);
            }
        });
        headers.add(Letter.COUNT, Integer.toString(letter.redriveCount() + 1).getBytes(UTF_8));
        return new ProducerRecord<>(
                target.topic(),
                target.partition(),
                newTime || letter.record().timestamp() < 0
                        ? null
                        : letter.record().timestamp(),
                letter.record().key(),
                letter.record().value(),
                headers);
    }

    /** Waits for all acknowledgements. */
    void settle() {
        while (!underWay.isEmpty()) {
            settleFirst();
        }
    }

    private void settleFirst() {
        UnderWay first = underWay.remove();
        lanes.remove(first.lane());
        try {
            await(first.acknowledgement());
            memory.add(first.read());
            tally.sent(first.read().letter(), first.target());
        } catch (ExecutionException e) {
            failed(first.read().letter(), first.target(), e.getCause());
        }
    }

    // An acknowledgement comes or fails in bounded time, and what was sent must be known.
    private void await(Future<?> acknowledgement) throws ExecutionException {
        while (true) {
            try {
                acknowledgement.get();
                return;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private void failed(Letter letter, TopicPartition target, Throwable cause) {
        tally.failed(
                "Cannot send the letter at " + letter.place() + " (event "
                        + Letter.printable(letter.event().orElse("unknown")) + ") to " + target + ": "
                        + cause.getMessage()
                        + ". No later letter of its key was sent. Mend this, or leave the letter out by a filter, and run it again");
    }

    /** Whether the thread was interrupted while it waited. */
    boolean wasInterrupted() {
        return interrupted;
    }
}
