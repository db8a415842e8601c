package io.kaufmann.internal.consume;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * Topics that may not be read. Each try to read one fails a poll, which others need: they are left alone for a while after each. One is
 * free again when tries have not failed for some time and the broker describes it; without that right the group assigns none of
 * its partitions, so that there is nothing to fail. Consumer thread only, except what is marked.
 */
final class ForbiddenTopics {

    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(5);
    private static final Duration WITHOUT_FAILURE = Duration.ofSeconds(10);
    private static final Duration LONGEST_LOOK_UP = Duration.ofSeconds(2);

    private final Consumer<?, ?> consumer;
    private final Clock clock;
    // Changed by the consumer thread alone.
    private final Map<String, Ban> bans = new ConcurrentHashMap<>();

    private record Ban(long sinceNanos, Deadline nextTry, Deadline over) {}

    ForbiddenTopics(Consumer<?, ?> consumer, Clock clock) {
        this.consumer = consumer;
        this.clock = clock;
    }

    /** A try has failed; tells whether one of them is new. */
    boolean add(Set<String> topics) {
        boolean isNew = !bans.keySet().containsAll(topics);
        topics.forEach(this::ban);
        return isNew;
    }

    private void ban(String topic) {
        Ban before = bans.get(topic);
        bans.put(
                topic,
                new Ban(
                        before == null ? clock.nanos() : before.sinceNanos(),
                        Deadline.in(BEFORE_NEXT_TRY, clock),
                        Deadline.in(WITHOUT_FAILURE, clock)));
    }

    /** Whether it is not to be read for now. */
    boolean contains(String topic) {
        Ban ban = bans.get(topic);
        return ban != null && !ban.nextTry().isOver();
    }

    /** Frees those that can be read again. */
    void review() {
        bans.forEach((topic, ban) -> {
            if (!ban.over().isOver()) {
                return;
            }
            if (mayBeDescribed(topic)) {
                bans.remove(topic);
            } else {
                ban(topic);
            }
        });
    }

    private boolean mayBeDescribed(String topic) {
        try {
            // One that is not there any more is not forbidden either.
            var unused = consumer.partitionsFor(topic, LONGEST_LOOK_UP);
            return true;
        } catch (KafkaException e) {
            if (!PassingErrors.isOne(e)) {
                throw e;
            }
            return false;
        }
    }

    /** Some may not be read. Any thread. */
    Optional<Trouble> trouble() {
        return bans.values().stream()
                .map(ban -> clock.since(ban.sinceNanos()))
                .max(Duration::compareTo)
                .map(longest -> new Trouble(
                        longest, "TopicAuthorizationException: may not read " + new TreeSet<>(bans.keySet())));
    }
}
