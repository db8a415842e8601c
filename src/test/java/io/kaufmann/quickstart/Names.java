package io.kaufmann.quickstart;

import io.kaufmann.schema.SubjectStrategy;

/**
 * What the quickstart calls its things, so that it does not meet anybody else's.
 *
 * @param suffix what its topics and its group end with
 * @param subjects what its subjects begin with
 */
record Names(String suffix, String subjects) {

    /** In a cluster and a registry of its own. */
    static Names plain() {
        return new Names("", "");
    }

    /** In a cluster that is others' too: new topics and a new group each time, but the same subjects. */
    static Names apart(String suffix) {
        return new Names(suffix, "kaufmann-quickstart.");
    }

    String topic(Channel channel) {
        return channel.topic() + suffix;
    }

    String group() {
        return "order-service" + suffix;
    }

    SubjectStrategy subjectStrategy() {
        SubjectStrategy byName = SubjectStrategy.eventName();
        return subjects.isEmpty() ? byName : (name, topic) -> subjects + byName.subject(name, topic);
    }
}
