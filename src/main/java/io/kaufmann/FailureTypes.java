package io.kaufmann;

import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.RetryPolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of settings that say what becomes of events that fail. */
final class FailureTypes {

    private static final Pattern RETRIES = Pattern.compile("([a-z]+)\\s*\\(([^()]*)\\)");
    private static final SettingType<Integer> ATTEMPTS = SettingTypes.number(1);
    private static final SettingType<Duration> WAIT = QuantityTypes.duration(Duration.ZERO);

    /** No dead letters. */
    static final DeadLetters NONE = DeadLetters.none();

    private FailureTypes() {}

    static SettingType<RetryPolicy> retryPolicy() {
        SettingType<RetryPolicy> plugin = PluginTypes.plugin(RetryPolicy.class, Map.of("none", RetryPolicy.none()));
        return SettingType.of(
                "fixed(ATTEMPTS, WAIT) or exponential(ATTEMPTS, FIRST WAIT, LONGEST WAIT), such as"
                        + " exponential(5, 200ms, 10s), the first attempt counted too; "
                        + plugin.form(),
                text -> parseRetries(text, plugin),
                plugin.shower());
    }

    private static RetryPolicy parseRetries(String text, SettingType<RetryPolicy> plugin) {
        Matcher matcher = RETRIES.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return plugin.parse(text);
        }
        String[] parts = matcher.group(2).split(",", -1);
        return switch (matcher.group(1) + parts.length) {
            case "fixed2" -> RetryPolicy.fixed(part(ATTEMPTS, parts[0]), part(WAIT, parts[1]));
            case "exponential3" -> exponential(part(ATTEMPTS, parts[0]), part(WAIT, parts[1]), part(WAIT, parts[2]));
            default -> throw new WrongValueException("is neither fixed with two values nor exponential with three");
        };
    }

    private static RetryPolicy exponential(int attempts, Duration first, Duration longest) {
        if (longest.compareTo(first) < 0) {
            throw new WrongValueException("has a longest wait that is shorter than the first");
        }
        return RetryPolicy.exponential(attempts, first, longest);
    }

    private static <T> T part(SettingType<T> type, String text) {
        try {
            T value = type.parse(text.strip());
            type.check().accept(value);
            return value;
        } catch (WrongValueException e) {
            throw e.of(text.strip());
        }
    }

    static SettingType<DeadLetters> deadLetters() {
        SettingType<String> topic = AddressTypes.topic();
        SettingType<DeadLetters> plugin = PluginTypes.plugin(DeadLetters.class, Map.of());
        return SettingType.<DeadLetters>of(
                        topic.form() + "; or " + plugin.form(),
                        text -> PluginTypes.isClass(text) ? plugin.parse(text) : DeadLetters.to(checkedTopic(text)),
                        letters -> shown(letters, plugin))
                .checked(letters -> letters.topics().forEach(FailureTypes::notInternal));
    }

    private static String checkedTopic(String text) {
        SettingType<String> topic = AddressTypes.topic();
        String name = topic.parse(text);
        topic.check().accept(name);
        return name;
    }

    private static void notInternal(String topic) {
        if (topic.startsWith("__")) {
            throw new WrongValueException("begins with __, as Kafka's own topics do");
        }
    }

    private static String shown(DeadLetters letters, SettingType<DeadLetters> plugin) {
        if (letters == NONE) {
            return "none";
        }
        Set<String> topics = letters.topics();
        return topics.size() == 1 ? topics.iterator().next() : plugin.show(letters);
    }
}
