package io.kaufmann.internal.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.event.EventName;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.publish.Target;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** An outbox that writes all at once unless the test says otherwise. Thread-safe once it is scripted. */
final class ScriptedOutbox implements Outbox {

    /** A record and whom to answer. */
    record Sent(OutgoingRecord record, Acknowledgement acknowledgement) {

        String text() {
            return record.name().text() + " to " + record.topic();
        }
    }

    /** What was given to be sent, in order. */
    final List<Sent> sent = new CopyOnWriteArrayList<>();
    /** Says why a publication cannot be prepared, with or without metadata; empty when it can. */
    BiFunction<Publication, Boolean, Optional<PublishException>> refusal = (publication, meta) -> Optional.empty();
    /** Says why a record is not written; empty when it is. */
    Function<OutgoingRecord, Optional<PublishException>> failure = record -> Optional.empty();
    /** Problems of the next sends, before {@link #failure} is asked. */
    final Queue<Optional<PublishException>> next = new ConcurrentLinkedQueue<>();
    /** Whether answers wait for {@link #answer}. */
    boolean late;

    static PublishException outage() {
        return PublishException.unavailable("the cluster is silent, on purpose", null);
    }

    static PublishException rejection() {
        return PublishException.rejected("the broker refuses it, on purpose", null);
    }

    @Override
    public List<OutgoingRecord> prepare(Publication publication, Optional<Cause> cause) {
        return prepare(publication, true);
    }

    @Override
    public List<OutgoingRecord> prepareWithoutMeta(Publication publication, Cause cause) {
        return prepare(publication, false);
    }

    private List<OutgoingRecord> prepare(Publication publication, boolean meta) {
        refusal.apply(publication, meta).ifPresent(problem -> {
            throw problem;
        });
        List<Target> targets = publication.targets().isEmpty() ? List.of(Target.defaultTopic()) : publication.targets();
        return targets.stream()
                .map(target -> record(publication.name(), target, publication.payload() + (meta ? "" : " bare")))
                .toList();
    }

    private static OutgoingRecord record(EventName name, Target target, String value) {
        String topic = target instanceof Target.Topic named
                ? named.name()
                : target instanceof Target.Callback ? "callbacks" : "default";
        return new OutgoingRecord(
                name,
                target,
                topic,
                count -> OptionalInt.empty(),
                name.text().getBytes(UTF_8),
                value.getBytes(UTF_8),
                new RecordHeaders(),
                OptionalLong.empty());
    }

    @Override
    public void send(OutgoingRecord record, Acknowledgement acknowledgement) {
        Sent sending = new Sent(record, acknowledgement);
        sent.add(sending);
        if (!late) {
            answer(sending, next.isEmpty() ? failure.apply(record) : next.remove());
        }
    }

    /** Answers the record that was sent as this one, counted from zero. */
    void answer(int index, Optional<PublishException> problem) {
        answer(sent.get(index), problem);
    }

    private static void answer(Sent sending, Optional<PublishException> problem) {
        problem.ifPresentOrElse(
                sending.acknowledgement()::failed,
                () -> sending.acknowledgement()
                        .written(new Written(sending.record().topic(), 0, 0)));
    }

    /** What was sent, as "name to topic". */
    List<String> texts() {
        return sent.stream().map(Sent::text).toList();
    }

    /** The value of a sent record. */
    String value(int index) {
        return new String(sent.get(index).record().value(), UTF_8);
    }
}
