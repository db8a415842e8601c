package io.kaufmann.publish;

import io.kaufmann.event.Meta;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.utils.Utils;

/**
 * Chooses the partition of a record whose target states none. Must be thread-safe and quick: it is asked for each record.
 */
@FunctionalInterface
public interface PartitionStrategy {

    /**
     * The partition of a record.
     *
     * @param publication what is to be sent
     * @param cause the metadata of the event it answers; empty when there is none
     * @param partitions how many partitions the topic has
     * @return the partition, from 0 to {@code partitions - 1}; empty leaves it to the producer, which fills one batch after
     *     the other
     */
    OptionalInt partition(Publication publication, Optional<Meta> cause, int partitions);

    /**
     * By Kafka's murmur2 hash of the ordering key, as Kafka's own producers do with a record's key; without an ordering key
     * it is left to the producer. The rule when nothing else is configured.
     *
     * @return the rule
     */
    static PartitionStrategy orderingKey() {
        return (publication, cause, partitions) -> publication
                .name()
                .orderingKey()
                .map(key -> Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions)
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    /** At random. Does not keep the order of an ordering key. */
    static PartitionStrategy random() {
        return (publication, cause, partitions) ->
                OptionalInt.of(ThreadLocalRandom.current().nextInt(partitions));
    }

    /**
     * KaufmannEx's {@code md5}: the sum of the digest's 16 bytes over the cause's {@code message_name} and
     * {@code message_id}, modulo partitions; at random when there is no cause or it lacks these.
     *
     * @return the rule
     */
    static PartitionStrategy md5() {
        return (publication, cause, partitions) -> {
            String message = cause.flatMap(Meta::messageName).orElse("")
                    + cause.flatMap(Meta::messageId).orElse("");
            if (message.isEmpty()) {
                return OptionalInt.of(ThreadLocalRandom.current().nextInt(partitions));
            }
            int sum = 0;
            for (byte b : md5(message)) {
                sum += Byte.toUnsignedInt(b);
            }
            return OptionalInt.of(sum % partitions);
        };
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5, this one has not", e);
        }
    }
}
