package io.kaufmann.task;

import io.kaufmann.event.EventName;
import io.kaufmann.internal.handoff.NearestName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells which names somebody may have meant by one that does not exist. */
final class LikeNames {

    private static final int MOST = 5;

    private LikeNames() {}

    /** A sentence with the names that are like this one, or that none is. */
    static String sentence(String name, Collection<String> known) {
        String wanted = name.toLowerCase(Locale.ROOT);
        Set<String> like = new LinkedHashSet<>();
        NearestName.of(name, known).ifPresent(like::add);
        known.stream()
                .filter(other -> isPartOf(wanted, other.toLowerCase(Locale.ROOT)))
                .limit(MOST)
                .forEach(like::add);
        return like.isEmpty()
                ? "None has a name like it."
                : "There is "
                        + like.stream()
                                .limit(MOST)
                                .map(other -> "'" + EventName.printable(other) + "'")
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    private static boolean isPartOf(String one, String other) {
        return !other.isEmpty() && (one.contains(other) || other.contains(one));
    }
}
