package io.kaufmann.internal.produce;

import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.KeptAnswer;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Where events leave a service that answers exactly once: answers are kept with their events. What can be found to be impossible is
 * found here, before a transaction is spoiled by it: a topic that does not exist, a record that no request holds. Thread-safe.
 */
public final class KeepingOutbox implements Outbox {

    private final Outbox others;
    private final Topics topics;
    private final TracedSends traced;
    private final long largestRecord;

    /**
     * One that keeps answers.
     *
     * @param others does all else
     * @param topics what is known of topics
     * @param traced has each record followed
     * @param largestRecord how many bytes one may have
     */
    public KeepingOutbox(Outbox others, Topics topics, TracedSends traced, long largestRecord) {
        this.others = others;
        this.topics = topics;
        this.traced = traced;
        this.largestRecord = largestRecord;
    }

    @Override
    public List<OutgoingRecord> prepare(Publication publication, Optional<Cause> cause) {
        return others.prepare(publication, cause);
    }

    @Override
    public List<OutgoingRecord> prepareWithoutMeta(Publication publication, Cause cause) {
        return others.prepareWithoutMeta(publication, cause);
    }

    @Override
    public void send(OutgoingRecord record, Acknowledgement acknowledgement) {
        others.send(record, acknowledgement);
    }

    @Override
    public void answer(Delivery delivery, OutgoingRecord record, Acknowledgement acknowledgement) {
        traced.send(
                record,
                acknowledgement,
                (outgoing, answer) ->
                        topics.find(outgoing, answer, partitions -> keep(delivery, outgoing, partitions, answer)));
    }

    private void keep(Delivery delivery, OutgoingRecord record, int partitions, Acknowledgement acknowledgement) {
        KeptAnswer answer;
        try {
            answer = new KeptAnswer(record, KafkaPublisher.forKafka(record, partitions), partitions, acknowledgement);
            if (answer.bytes() > largestRecord) {
                throw new RecordTooLargeException("it has " + answer.bytes()
                        + " bytes, and the producer sends no more than " + largestRecord + " at once");
            }
            delivery.keep(answer);
        } catch (PublishException e) {
            acknowledgement.failed(e);
            return;
        } catch (Throwable e) {
            // An error too: whatever is not passed on here would leave its event unfinished for ever.
            acknowledgement.failed(SendFailure.of(record, e));
            return;
        }
        acknowledgement.kept();
    }
}
