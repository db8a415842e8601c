package io.kaufmann.internal.work;

import io.kaufmann.event.EventName;
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

    private static final int LONGEST_TEXT = 10_000;
    private static final EventName NAMELESS = EventName.of("unknown");

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
    List<OutgoingRecord> prepare(Optional<EventName> name, Cause cause, Object error) {
        EventName errorName = name.orElse(NAMELESS).toError();
        PublishException last = null;
        for (Publication form : forms(errorName, error)) {
            try {
                return prepare(form, cause);
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

    private List<Publication> forms(EventName name, Object error) {
        List<Publication> forms = new ArrayList<>();
        for (Target[] targets : TARGETS) {
            for (Object told : List.of(tell(error), text(error))) {
                forms.add(Publication.of(name.text(), Map.of("error", told)).to(targets));
            }
        }
        return forms;
    }

    private Object tell(Object error) {
        try {
            Object told = format.apply(error);
            return told == null || told instanceof String ? text(told == null ? error : told) : told;
        } catch (RuntimeException e) {
            return text(error);
        }
    }

    /** An error as plain text, no longer than any broker takes. */
    static String text(Object error) {
        String text = String.valueOf(error);
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }
}
