package io.kaufmann.telemetry.micrometer;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which names become tags. Any producer can invent names, and each new tag costs memory for ever: those known beforehand
 * are always tagged, of the others only the first, and the rest share one tag. Thread-safe.
 */
final class TagNames {

    /** The tag that the rest shares. */
    static final String OTHER = "other";

    static final int MAX_UNKNOWN = 200;

    /** Longer names are no tags. */
    static final int LONGEST = 200;

    private final Map<String, String> tags = new ConcurrentHashMap<>();

    // Written under the lock only; read without it to turn a flood of names away quickly.
    private volatile int room = MAX_UNKNOWN;

    /** With the names that are always tagged. */
    TagNames(Set<String> known) {
        known.forEach(name -> tags.put(name, name));
    }

    /** The tag for a name. */
    String tag(String name) {
        String tag = tags.get(name);
        if (tag != null) {
            return tag;
        }
        return room > 0 && isPrintable(name) ? admit(name) : OTHER;
    }

    private synchronized String admit(String name) {
        String admitted = tags.get(name);
        if (admitted != null || room == 0) {
            return admitted == null ? OTHER : admitted;
        }
        room = room - 1;
        tags.put(name, name);
        return name;
    }

    private static boolean isPrintable(String name) {
        return !name.isBlank() && name.length() <= LONGEST && name.chars().noneMatch(Character::isISOControl);
    }
}
