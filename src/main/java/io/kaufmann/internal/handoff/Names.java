package io.kaufmann.internal.handoff;

import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNaming;
import java.util.function.Predicate;

/**
 * The names of events: where a record tells them, and which of them a service handles. Immutable.
 *
 * @param naming where a record tells its event's name
 * @param handled the events that the handler accepts, by name without ordering key
 */
public record Names(EventNaming naming, Predicate<String> handled) {

    /** What telemetry calls an event whose record tells no name. */
    public static final String UNKNOWN = "unknown";

    /** Whether the handler accepts an event of this name. */
    public boolean areHandled(EventName name) {
        return handled.test(name.base());
    }

    /** Why a record without a value is no event, and what helps. */
    public String tombstone() {
        String problem = "the record has no value (a tombstone). An event needs a value";
        return naming.equals(EventNaming.key())
                ? problem + ", and a topic whose record keys are event names must not be compacted"
                : problem + ": what says that an entity is gone must be an event with a name too";
    }

    /** Why a record does not tell its event's name, and what helps. */
    public String missing() {
        if (naming.isByRecord()) {
            return "no transcoder can tell the full name of its record, which is to be the event's name"
                    + " (kaufmann.event.naming)";
        }
        return naming.equals(EventNaming.key())
                ? "the record has no key. Its sender must write the event's name as the record key"
                : "the record has no such header as kaufmann.event.naming=" + naming
                        + " says. Its sender must write the event's name there";
    }
}
