package io.kaufmann;

import io.kaufmann.publish.CallbackTopics;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of settings that say where something is: brokers, registries and topics. */
final class AddressTypes {

    private static final Pattern BROKER =
            Pattern.compile("(?:[A-Z_]+://)?(?:[^\\s:/\\[\\]]+|\\[[0-9a-fA-F:.%]+]):(\\d{1,5})");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final String TOPIC_FORM = "a topic's name: letters, digits, '.', '_' and '-', 249 at most";

    private AddressTypes() {}

    static SettingType<String> brokers() {
        return SettingType.<String>of(
                        "host:port of one or more brokers, separated by commas, such as localhost:9092",
                        Function.identity(),
                        Function.identity())
                .checked(SettingTypes::notBlank)
                .checked(text -> SettingTypes.each(SettingTypes.split(text), AddressTypes::checkBroker));
    }

    private static void checkBroker(String broker) {
        Matcher matcher = BROKER.matcher(broker);
        if (!matcher.matches()) {
            throw new WrongValueException("is not host:port");
        }
        int port = Integer.parseInt(matcher.group(1));
        if (port < 1 || port > 65_535) {
            throw new WrongValueException("has a port that is not from 1 to 65535");
        }
    }

    static SettingType<String> registries() {
        return SettingType.<String>of(
                        "the http or https address of a schema registry, such as http://localhost:8081, or several separated"
                                + " by commas",
                        Function.identity(),
                        Function.identity())
                .checked(SettingTypes::notBlank)
                // Not item by item: a password with a comma in it would be shown in parts.
                .checked(text -> SettingTypes.split(text).forEach(AddressTypes::checkRegistry));
    }

    private static void checkRegistry(String address) {
        URI uri = uri(address);
        if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
            throw new WrongValueException("does not begin with http:// or https://");
        }
        if (uri.getHost() == null) {
            throw new WrongValueException("has no host, or one with '_' in it, which Java's HTTP client cannot ask");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new WrongValueException("has a '?' or '#' in it, which a registry's address has not");
        }
    }

    /** Whether one of the addresses that were checked brings a user of its own. */
    static boolean hasUser(String registries) {
        return SettingTypes.split(registries).stream()
                .anyMatch(registry -> uri(registry).getRawUserInfo() != null);
    }

    private static URI uri(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new WrongValueException("is not an address: " + e.getReason());
        }
    }

    static SettingType<String> topic() {
        return SettingType.<String>of(TOPIC_FORM, Function.identity(), Function.identity())
                .checked(AddressTypes::checkTopic);
    }

    static SettingType<List<String>> topics() {
        return SettingType.<List<String>>of(
                        "topics' names, separated by commas", SettingTypes::split, topics -> String.join(",", topics))
                .checked(AddressTypes::checkTopics);
    }

    private static void checkTopics(List<String> topics) {
        if (topics.isEmpty()) {
            throw new WrongValueException("names no topic");
        }
        SettingTypes.each(topics, AddressTypes::checkTopic);
    }

    private static void checkTopic(String topic) {
        if (!TOPIC.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
            throw new WrongValueException("is no name for a topic", "Write " + TOPIC_FORM);
        }
    }

    static SettingType<CallbackTopics> callbackTopics() {
        return SettingType.of(
                "topics' names, separated by commas, in which * stands for any characters",
                AddressTypes::parseCallbackTopics,
                topics -> String.join(",", topics.allowed()));
    }

    private static CallbackTopics parseCallbackTopics(String text) {
        try {
            return CallbackTopics.of(SettingTypes.split(text));
        } catch (WrongValueException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new WrongValueException("does not name callback topics", e.getMessage());
        }
    }
}
