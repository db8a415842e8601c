package io.kaufmann.internal.work;

import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.internal.handoff.ErrorTexts;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.Outbox.Cause;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the {@code event.error.<name>} of an event that failed, for the default and the callback topic. Where one form of it
 * cannot be written it falls back: to the error as plain text, to the default topic alone, and for an event that could not
 * be decoded to metadata of its own. Thread-safe.
 */
final class ErrorEvents {

    private static final EventName NAMELESS = EventName.of("unknown");

    private static final Target[][] DEFAULT_ONLY = {{Target.defaultTopic()}};
    private static final Target[][] TARGETS = {
        {Target.defaultTopic(), Target.callback()}, {Target.defaultTopic()},
    };

    private final Outbox outbox;
    private final Function<Object, Object> format;

    ErrorEvents(Outbox outbox, Function<Object, Object> format) {
        this.outbox = outbox;
        this.format = format;
    }

    /**
     * The records of an error event.
     *
     * @throws PublishException when none of its forms can be written, or the registry is away
     */
    List<OutgoingRecord> prepare(Optional<EventName> name, Cause cause, Object error, boolean toCallback) {
        EventName errorName = name.orElse(NAMELESS).toError();
        PublishException last = null;
        for (Publication form : forms(errorName, error, toCallback)) {
            try {
                return withoutRepetition(prepare(form, cause), cause);
            } catch (PublishException e) {
                if (e.retriable()) {
                    throw e;
                }
                last = e;
            }
        }
        throw last;
    }

    private List<OutgoingRecord> prepare(Publication form, Cause cause) {
        if (cause.event().isEmpty()) {
            try {
                return outbox.prepareWithoutMeta(form, cause);
            } catch (PublishException e) {
                if (e.retriable()) {
                    throw e;
                }
            }
        }
        return outbox.prepare(form, Optional.of(cause));
    }

    /** Without the record for the callback topic when that is the default topic, and any partition of it will do. */
    private static List<OutgoingRecord> withoutRepetition(List<OutgoingRecord> records, Cause cause) {
        boolean anyPartition = cause.meta()
                .flatMap(Meta::callbackTopic)
                .flatMap(topic -> topic.partition().stream().boxed().findAny())
                .isEmpty();
        List<OutgoingRecord> different = new ArrayList<>(records.size());
        for (OutgoingRecord record : records) {
            if (different.isEmpty()
                    || !anyPartition
                    || !record.topic().equals(different.get(0).topic())) {
                different.add(record);
            }
        }
        return different;
    }

    private List<Publication> forms(EventName name, Object error, boolean toCallback) {
        List<Publication> forms = new ArrayList<>();
        for (Target[] targets : toCallback ? TARGETS : DEFAULT_ONLY) {
            for (Object told : List.of(tell(error), ErrorTexts.text(error))) {
                forms.add(Publication.of(name.text(), Map.of("error", told)).to(targets));
            }
        }
        return forms;
    }

    private Object tell(Object error) {
        try {
            Object told = format.apply(error);
            return told == null || told instanceof String ? ErrorTexts.text(told == null ? error : told) : told;
        } catch (Throwable e) {
            return ErrorTexts.text(error);
        }
    }
}
