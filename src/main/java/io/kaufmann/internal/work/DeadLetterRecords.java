package io.kaufmann.internal.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.DeadLetter;
import io.kaufmann.internal.handoff.DeadLetterHeaders;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.ErrorTexts;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Target;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes the record that keeps a failed event: its key, value, headers and timestamp as they were read, with headers that tell
 * where it came from and what went wrong. Thread-safe.
 *
 * <p>Those that begin with {@code __connect.errors.} are Kafka Connect's (KIP-298), so that what reads dead letters of
 * connectors reads these too; the others are Kaufmann's own. All are UTF-8 texts.
 */
final class DeadLetterRecords {

    private static final int LONGEST_MESSAGE = 2_000;
    private static final int LONGEST_STACK_TRACE = 8_000;
    private static final EventName NAMELESS = EventName.of("unknown");

    private final String serviceName;
    private final String consumerGroup;
    private final String handlerClass;
    private final EventNaming naming;
    private final FailureRules rules;
    private final Clock clock;

    DeadLetterRecords(EventProcessor.Parts parts) {
        this.serviceName = parts.serviceName();
        this.consumerGroup = parts.consumerGroup();
        this.handlerClass = parts.handler().getClass().getName();
        this.naming = parts.names().naming();
        this.rules = parts.failures();
        this.clock = parts.clock();
    }

    /** Whether later events of a key follow one that went to the dead letters. */
    boolean parking() {
        return rules.parking();
    }

    /**
     * The record for a failed event; empty when none is to be kept.
     *
     * @throws PublishException when the rule names no topic that may be written to
     */
    Optional<OutgoingRecord> prepare(Debt debt, Failure failure) {
        Delivery delivery = debt.delivery();
        DeadLetter letter = new DeadLetter(
                debt.cause().record(),
                delivery.name().map(EventName::base),
                failure.stage(),
                failure.error(),
                attempts(failure, delivery));
        return topic(letter).map(topic -> record(delivery, letter, topic));
    }

    private static int attempts(Failure failure, Delivery delivery) {
        return switch (failure.stage()) {
            case DECODE, PARKED -> 0;
            case HANDLE, PUBLISH -> delivery.attempt();
        };
    }

    private Optional<String> topic(DeadLetter letter) {
        Optional<String> topic;
        try {
            topic = rules.deadLetters().topic(letter);
        } catch (Throwable e) {
            throw PublishException.rejected(
                    "the rule for dead letters (kaufmann.dead.letter.topic) threw " + ErrorTexts.text(e), e);
        }
        if (topic == null) {
            throw PublishException.rejected(
                    "the rule for dead letters (kaufmann.dead.letter.topic) returned null instead of an Optional",
                    null);
        }
        topic.filter(name -> name.startsWith("__") || rules.readTopics().contains(name))
                .ifPresent(name -> {
                    throw PublishException.rejected(
                            "no dead letter may go to '" + EventName.printable(name) + "': "
                                    + (name.startsWith("__") ? "it is Kafka's own" : "the service reads it")
                                    + ". Let the rule for dead letters name another topic",
                            null);
                });
        return topic;
    }

    private OutgoingRecord record(Delivery delivery, DeadLetter letter, String topic) {
        ConsumerRecord<byte[], byte[]> source = delivery.record();
        return new OutgoingRecord(
                delivery.name().orElse(NAMELESS),
                Target.topic(topic),
                topic,
                // Those of one partition stay together, in their order.
                partitions -> OptionalInt.of(source.partition() % partitions),
                source.key(),
                source.value(),
                headers(source, delivery, letter),
                source.timestamp() < 0 ? OptionalLong.empty() : OptionalLong.of(source.timestamp()));
    }

    private Headers headers(ConsumerRecord<byte[], byte[]> source, Delivery delivery, DeadLetter letter) {
        Headers headers = new RecordHeaders();
        for (Header header : source.headers()) {
            // Of a dead letter that came back and failed again, the last failure counts.
            if (!header.key().startsWith(DeadLetterHeaders.CONNECT)
                    && !header.key().startsWith(DeadLetterHeaders.OWN)) {
                headers.add(header);
            }
        }
        add(headers, DeadLetterHeaders.TOPIC, source.topic());
        add(headers, DeadLetterHeaders.PARTITION, source.partition());
        add(headers, DeadLetterHeaders.OFFSET, source.offset());
        add(headers, DeadLetterHeaders.CONNECT + "connector.name", serviceName);
        add(headers, DeadLetterHeaders.CONNECT + "task.id", 0);
        add(headers, DeadLetterHeaders.STAGE, letter.stage());
        add(headers, DeadLetterHeaders.CONNECT + "class.name", handlerClass);
        if (letter.error() instanceof Throwable error) {
            add(headers, DeadLetterHeaders.ERROR_CLASS, error.getClass().getName());
            add(headers, DeadLetterHeaders.ERROR_MESSAGE, ErrorTexts.cut(ErrorTexts.message(error), LONGEST_MESSAGE));
            add(
                    headers,
                    DeadLetterHeaders.STACK_TRACE,
                    ErrorTexts.cut(ErrorTexts.stackTrace(error), LONGEST_STACK_TRACE));
        } else {
            add(
                    headers,
                    DeadLetterHeaders.ERROR_MESSAGE,
                    ErrorTexts.cut(ErrorTexts.text(letter.error()), LONGEST_MESSAGE));
        }
        letter.event().ifPresent(event -> add(headers, DeadLetterHeaders.EVENT, event));
        naming.orderingKey(delivery.name(), source.key())
                .ifPresent(key -> add(headers, DeadLetterHeaders.ORDERING_KEY, key));
        add(headers, DeadLetterHeaders.GROUP, consumerGroup);
        add(headers, DeadLetterHeaders.ATTEMPTS, letter.attempts());
        add(headers, DeadLetterHeaders.TIME, clock.instant());
        return headers;
    }

    private static void add(Headers headers, String name, Object value) {
        headers.add(name, value.toString().getBytes(UTF_8));
    }

    /**
     * The offset that an event had before it went to the dead letters of this group, if it was in this partition: of another
     * group's or another partition's, nobody waits here. Empty for an event that comes for the first time.
     */
    OptionalLong letterOffset(ConsumerRecord<?, ?> record) {
        boolean ours = has(record, DeadLetterHeaders.GROUP, consumerGroup)
                && has(record, DeadLetterHeaders.TOPIC, record.topic())
                && has(record, DeadLetterHeaders.PARTITION, Integer.toString(record.partition()));
        try {
            return ours
                    ? OptionalLong.of(Long.parseLong(text(record, DeadLetterHeaders.OFFSET)))
                    : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static boolean has(ConsumerRecord<?, ?> record, String header, String value) {
        return text(record, header).equals(value);
    }

    private static String text(ConsumerRecord<?, ?> record, String header) {
        Header found = record.headers().lastHeader(header);
        return found == null || found.value() == null ? "" : new String(found.value(), UTF_8);
    }
}
