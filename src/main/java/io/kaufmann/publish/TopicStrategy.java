package io.kaufmann.publish;

import io.kaufmann.event.Event;
import java.util.List;
import java.util.Optional;

/**
 * Says where a publication goes that states no target itself. Must be thread-safe and quick: it is asked for each one.
 */
@FunctionalInterface
public interface TopicStrategy {

    /**
     * The targets of a publication.
     *
     * @param publication what is to be sent
     * @param cause the event it answers; empty when it was published outside a handler
     * @return where to, one record for each
     */
    List<Target> targets(Publication publication, Optional<Event> cause);

    /** To the default topic for publishing: the rule when nothing else is configured. */
    static TopicStrategy defaultTopic() {
        List<Target> targets = List.of(Target.defaultTopic());
        return (publication, cause) -> targets;
    }

    /** To the callback topic of the event that is answered; no record when it names none. */
    static TopicStrategy callback() {
        List<Target> targets = List.of(Target.callback());
        return (publication, cause) -> targets;
    }

    /** To the callback topic of the event that is answered, and to the default topic too, as KaufmannEx 0.3 did. */
    static TopicStrategy callbackAndDefault() {
        List<Target> targets = List.of(Target.callback(), Target.defaultTopic());
        return (publication, cause) -> targets;
    }

    /**
     * To the topic that the event's name tells: its second and third part, {@code user.created} for
     * {@code event.user.created}; for {@code query.} the third and fourth. A name with fewer parts goes to the default
     * topic.
     *
     * @return the rule
     */
    static TopicStrategy eventNamespace() {
        return (publication, cause) -> {
            String[] parts = publication.name().base().split("\\.", -1);
            int first = parts[0].equals("query") ? 2 : 1;
            if (parts.length < first + 2) {
                return List.of(Target.defaultTopic());
            }
            return List.of(Target.topic(parts[first] + '.' + parts[first + 1]));
        };
    }
}
