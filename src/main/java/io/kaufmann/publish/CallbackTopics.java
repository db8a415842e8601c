package io.kaufmann.publish;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The callback topics that events may steer answers to: some by name, some by a pattern with {@code *} for any run of
 * characters. Whatever the patterns say, names that begin with {@code __} (Kafka's own topics) and names that Kafka would
 * not take are never allowed. Immutable and thread-safe.
 *
 * @param allowed names and patterns
 */
public record CallbackTopics(List<String> allowed) implements Predicate<String> {

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Pattern NAME_OR_GLOB = Pattern.compile("[a-zA-Z0-9._*-]{1,249}");

    /**
     * Checks and copies the list.
     *
     * @param allowed names and patterns
     * @throws IllegalArgumentException when an item could never allow a topic
     */
    public CallbackTopics {
        allowed = List.copyOf(allowed);
        allowed.forEach(CallbackTopics::check);
    }

    /**
     * Topics by names and patterns.
     *
     * @param namesOrGlobs such as {@code orders.replies}, {@code replies.*} or {@code *}; none allows no callback at all
     * @return the allowed topics
     * @throws IllegalArgumentException when an item could never allow a topic
     */
    public static CallbackTopics of(String... namesOrGlobs) {
        return of(Arrays.asList(namesOrGlobs));
    }

    /**
     * Topics by names and patterns.
     *
     * @param namesOrGlobs such as {@code orders.replies}, {@code replies.*} or {@code *}; none allows no callback at all
     * @return the allowed topics
     * @throws IllegalArgumentException when an item could never allow a topic
     */
    public static CallbackTopics of(Collection<String> namesOrGlobs) {
        return new CallbackTopics(namesOrGlobs.stream().distinct().toList());
    }

    private static void check(String item) {
        if (!NAME_OR_GLOB.matcher(item).matches()) {
            throw new IllegalArgumentException(
                    "A callback topic is a topic's name, in which * stands for any characters: it takes letters, digits,"
                            + " '.', '_', '-' and '*', 249 at most");
        }
        if (item.startsWith("__")) {
            throw new IllegalArgumentException(
                    item + " is never allowed as a callback topic: names that begin with __" + " are Kafka's own");
        }
    }

    /**
     * Whether answers may go to a topic.
     *
     * @param topic the name that an event states
     * @return true when it is among these
     */
    public boolean allows(String topic) {
        return !topic.startsWith("__")
                && TOPIC.matcher(topic).matches()
                && allowed.stream().anyMatch(glob -> matches(glob, topic));
    }

    /** The same as {@link #allows}, for code that knows nothing of callbacks. */
    @Override
    public boolean test(String topic) {
        return allows(topic);
    }

    // No regular expression: the name comes from outside, and this takes no more than their lengths multiplied.
    private static boolean matches(String glob, String topic) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < topic.length()) {
            if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                resume = i;
            } else if (at < glob.length() && glob.charAt(at) == topic.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        return glob.substring(at).chars().allMatch(rest -> rest == '*');
    }

    /** The names and patterns, separated by commas. */
    @Override
    public String toString() {
        return allowed.isEmpty() ? "none" : String.join(", ", allowed);
    }
}
