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

    /**
     * Confluent's {@code TopicNameStrategy}: the subject is the topic's name with {@code -value} behind it, so that each
     * topic holds events of one schema. Error events are of another one, and stand under {@code event.error} all the same;
     * whoever reads them goes by the id.
     *
     * @return the rule
     */
    static SubjectStrategy topicName() {
        return (name, topic) -> name.isError() ? "event.error" : topic + "-value";
    }

    /**
     * Confluent's {@code RecordNameStrategy}: the subject is the full name of the event's record, for services whose
     * events have the record's full name as theirs. All names with {@code event.error.} share {@code event.error}, as an
     * error event is one kind of record whatever it answers.
     *
     * @return the rule
     */
    static SubjectStrategy recordName() {
        return (name, topic) -> recordName(name);
    }

    /**
     * Confluent's {@code TopicRecordNameStrategy}: the topic's name, {@code -}, and the subject of {@link #recordName()}.
     * Error events stand under {@code <topic>-event.error}.
     *
     * @return the rule
     */
    static SubjectStrategy topicRecordName() {
        return (name, topic) -> topic + "-" + recordName(name);
    }

    private static String recordName(EventName name) {
        return name.isError() ? "event.error" : name.base();
    }
}
