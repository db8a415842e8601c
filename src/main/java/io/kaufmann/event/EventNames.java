package io.kaufmann.event;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The event names that a handler accepts: some by name, or all. Names are compared without their ordering key.
 * Immutable and thread-safe.
 */
public final class EventNames {

    private static final EventNames ALL = new EventNames(true, Set.of());

    private final boolean all;
    private final Set<String> names;

    private EventNames(boolean all, Set<String> names) {
        this.all = all;
        this.names = names;
    }

    /** Every event. */
    public static EventNames all() {
        return ALL;
    }

    /**
     * The events with these names.
     *
     * @param names names without ordering keys
     * @return the names
     * @throws IllegalArgumentException when a name is empty or has an ordering key
     */
    public static EventNames of(String... names) {
        return of(Arrays.asList(names));
    }

    /**
     * The events with these names.
     *
     * @param names names without ordering keys
     * @return the names
     * @throws IllegalArgumentException when a name is empty or has an ordering key
     */
    public static EventNames of(Collection<String> names) {
        names.forEach(EventNames::check);
        return new EventNames(false, Collections.unmodifiableSet(new LinkedHashSet<>(names)));
    }

    private static void check(String name) {
        if (name.isBlank() || name.indexOf('#') >= 0) {
            throw new IllegalArgumentException("Not an event name: '" + name
                    + "'. Write it without '#' and ordering key, such as command.user.create");
        }
    }

    /** Whether these are all events. */
    public boolean isAll() {
        return all;
    }

    /** The names, in the order given; empty when these are all. */
    public Set<String> names() {
        return names;
    }

    /** Whether no event is among these. */
    public boolean isEmpty() {
        return !all && names.isEmpty();
    }

    /**
     * Whether an event is among these.
     *
     * @param name its name, without the ordering key
     * @return true when it is
     */
    public boolean contains(String name) {
        return all || names.contains(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventNames that && that.all == all && that.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return all ? "all events" : String.join(", ", names);
    }
}
