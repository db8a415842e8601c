package io.kaufmann;

import io.kaufmann.KafkaClient.Scope;
import java.util.Locale;
import java.util.Set;

/**
 * A Kafka setting as it was given.
 *
 * @param scope for which clients
 * @param name Kafka's own name of it
 * @param value its value
 * @param source where it was given, as {@link Source#words} says
 */
record KafkaInput(Scope scope, String name, String value, Source source) {

    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
        return scope + " " + name + " from " + source;
    }

    private static final Set<String> PLUGIN_LISTS =
            Set.of("metric.reporters", "config.providers", "security.providers", "partition.assignment.strategy");

    /** The key in properties. */
    String key() {
        return scope.prefix() + name;
    }

    /** Whether it brings in a class of the user's own, which may read settings that Kafka does not know. */
    boolean isPlugin() {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".class") || lower.endsWith(".classes") || PLUGIN_LISTS.contains(lower);
    }

    /** Whether Kafka's config providers fill it in, so that nothing can be said of its value yet. */
    boolean isFilledIn() {
        return value.contains("${");
    }
}
