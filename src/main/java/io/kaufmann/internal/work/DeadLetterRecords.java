package io.kaufmann.internal.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.event.EventName;
import io.kaufmann.handler.DeadLetter;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Target;
import java.io.PrintWriter;
import java.io.StringWriter;
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

    private static final String CONNECT = "__connect.errors.";
    private static final String OWN = "kaufmann.dead.letter.";
    private static final String OFFSET = CONNECT + "offset";
    private static final String ATTEMPTS = OWN + "attempts";

    private static final int LONGEST_MESSAGE = 2_000;
    private static final int LONGEST_STACK_TRACE = 8_000;
    private static final EventName NAMELESS = EventName.of("unknown");

    private final String serviceName;
    private final String consumerGroup;
    private final String handlerClass;
    private final FailureRules rules;
    private final Clock clock;

    DeadLetterRecords(EventProcessor.Parts parts) {
        this.serviceName = parts.serviceName();
        this.consumerGroup = parts.consumerGroup();
        this.handlerClass = parts.handler().getClass().getName();
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
                failure.stage() == DeadLetter.Stage.DECODE ? 0 : delivery.attempt());
        return topic(letter).map(topic -> record(delivery, letter, topic));
    }

    private Optional<String> topic(DeadLetter letter) {
        Optional<String> topic;
        try {
            topic = rules.deadLetters().topic(letter);
        } catch (RuntimeException | Error e) {
            throw PublishException.rejected("the rule for dead letters (kaufmann.dead.letter.topic) threw " + e, e);
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
            if (!header.key().startsWith(CONNECT) && !header.key().startsWith(OWN)) {
                headers.add(header);
            }
        }
        add(headers, CONNECT + "topic", source.topic());
        add(headers, CONNECT + "partition", source.partition());
        add(headers, OFFSET, source.offset());
        add(headers, CONNECT + "connector.name", serviceName);
        add(headers, CONNECT + "task.id", 0);
        add(headers, CONNECT + "stage", letter.stage());
        add(headers, CONNECT + "class.name", handlerClass);
        if (letter.error() instanceof Throwable error) {
            add(headers, CONNECT + "exception.class.name", error.getClass().getName());
            add(headers, CONNECT + "exception.message", cut(message(error), LONGEST_MESSAGE));
            add(headers, CONNECT + "exception.stacktrace", cut(stackTrace(error), LONGEST_STACK_TRACE));
        } else {
            add(headers, CONNECT + "exception.message", cut(ErrorEvents.text(letter.error()), LONGEST_MESSAGE));
        }
        letter.event().ifPresent(event -> add(headers, OWN + "event", event));
        delivery.name().flatMap(EventName::orderingKey).ifPresent(key -> add(headers, OWN + "ordering.key", key));
        add(headers, OWN + "group", consumerGroup);
        add(headers, ATTEMPTS, letter.attempts());
        add(headers, OWN + "time", clock.instant());
        return headers;
    }

    private static void add(Headers headers, String name, Object value) {
        headers.add(name, value.toString().getBytes(UTF_8));
    }

    // Exceptions of a user's own may fail even here.
    private static String message(Throwable error) {
        try {
            return String.valueOf(error.getMessage());
        } catch (RuntimeException | Error e) {
            return "";
        }
    }

    private static String stackTrace(Throwable error) {
        StringWriter text = new StringWriter();
        try {
            error.printStackTrace(new PrintWriter(text));
        } catch (RuntimeException | Error e) {
            return "";
        }
        return text.toString();
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }

    /** The offset that an event had before it went to the dead letters; empty for one that comes for the first time. */
    static OptionalLong letterOffset(ConsumerRecord<?, ?> record) {
        Header offset = record.headers().lastHeader(OFFSET);
        if (offset == null || offset.value() == null || record.headers().lastHeader(ATTEMPTS) == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(new String(offset.value(), UTF_8)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
