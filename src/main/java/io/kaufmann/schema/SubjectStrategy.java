package io.kaufmann.schema;

import io.kaufmann.event.EventName;

/**
 * Says under which subject of the registry the schema of an event stands. Must be thread-safe and quick: it is asked for
 * each event that is written.
 */
@FunctionalInterface
public interface SubjectStrategy {

    /**
     * The subject for an event.
     *
     * @param name the event's name
     * @param topic the topic it goes to or came from
     * @return the subject
     */
    String subject(EventName name, String topic);

    /**
     * KaufmannEx's rule: the subject is the event's name, except that all names with {@code query.} share one by their
     * first nine characters ({@code query.req}, {@code query.res}) and all names with {@code event.error.} share
     * {@code event.error}.
     *
     * @return the rule
     */
    static SubjectStrategy eventName() {
        return (name, topic) -> {
            String base = name.base();
            if (base.startsWith("query.")) {
                return base.substring(0, Math.min(base.length(), 9));
            }
            return name.isError() ? "event.error" : base;
        };
    }
}
