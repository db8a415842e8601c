package io.kaufmann.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.event.EventName;
import io.kaufmann.internal.handoff.DeadLetterHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * A dead letter, and what its headers tell. Anybody who may write to the topic can have written them. Immutable.
 *
 * @param record as it was read
 */
record Letter(ConsumerRecord<byte[], byte[]> record) {

    static final String COUNT = "kaufmann.redrive.count";

    private static final int LONGEST_LABEL = 80;

    /** The event's name without its ordering key. */
    Optional<String> event() {
        return text(DeadLetterHeaders.EVENT);
    }

    Optional<String> orderingKey() {
        return text(DeadLetterHeaders.ORDERING_KEY);
    }

    Optional<String> group() {
        return text(DeadLetterHeaders.GROUP);
    }

    Optional<String> errorClass() {
        return text(DeadLetterHeaders.ERROR_CLASS);
    }

    Optional<String> errorMessage() {
        return text(DeadLetterHeaders.ERROR_MESSAGE);
    }

    /** When it became one. */
    Instant time() {
        try {
            return text(DeadLetterHeaders.TIME)
                    .map(Instant::parse)
                    .orElseGet(() -> Instant.ofEpochMilli(record.timestamp()));
        } catch (DateTimeException e) {
            return Instant.ofEpochMilli(record.timestamp());
        }
    }

    /** Where the event came from; empty when that is not told, or a topic that no event is sent to. */
    Optional<TopicPartition> origin() {
        try {
            return text(DeadLetterHeaders.TOPIC)
                    .filter(topic -> !topic.isEmpty() && !topic.startsWith("__"))
                    .flatMap(topic -> text(DeadLetterHeaders.PARTITION)
                            .map(Integer::parseInt)
                            .map(partition -> new TopicPartition(topic, Math.max(0, partition))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** How often it was redriven. */
    int redriveCount() {
        try {
            return text(COUNT)
                    .map(Integer::parseInt)
                    .map(count -> Math.max(0, count))
                    .orElse(0);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** What went wrong, in a few words, the same for letters of the same kind. */
    String error() {
        String stage = text(DeadLetterHeaders.STAGE).orElse("");
        String error = stage.equals("PARKED")
                ? "(parked)"
                : errorClass().or(this::errorMessage).orElse("(not told)");
        return printable(error);
    }

    /** A text of a letter as a terminal can show it. */
    static String printable(String text) {
        String line = EventName.printable(text);
        return line.length() <= LONGEST_LABEL ? line : line.substring(0, LONGEST_LABEL) + "...";
    }

    /** Where it lies. */
    String place() {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private Optional<String> text(String header) {
        return Optional.ofNullable(record.headers().lastHeader(header))
                .map(Header::value)
                .map(value -> new String(value, UTF_8));
    }
}
