package io.kaufmann.quickstart;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event that the service wrote, as plain clients read it.
 *
 * @param channel where it was read
 * @param key the record's key: its name and ordering key
 * @param meta its meta by field; null for an error event that has none
 * @param payload its payload by field
 * @param nanos when it was read, by {@link System#nanoTime()}
 */
record Answer(Channel channel, String key, Map<?, ?> meta, Map<?, ?> payload, long nanos) {

    /** The prefix of callback ids. */
    static final String CALLBACK = "quickstart-";

    private static final Pattern PLACE = Pattern.compile("-(\\d+)@(\\d+)");

    String name() {
        int hash = key.indexOf('#');
        return hash < 0 ? key : key.substring(0, hash);
    }

    Kind kind() {
        return Kind.of(name(), payload.get("error"));
    }

    /** The id of the event that it answers: by the callback id in its meta, without meta by its ordering key. */
    OptionalInt cause() {
        String text = meta == null
                ? key.substring(Math.min(key.length(), name().length() + 1))
                : String.valueOf(meta.get("callback_id")).replace(CALLBACK, "");
        return text.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /** Where the event stands that it answers, as far as its error tells. */
    Optional<Place> causesPlace() {
        Matcher place = PLACE.matcher(String.valueOf(payload.get("error")));
        return place.find()
                ? Optional.of(new Place(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2))))
                : Optional.empty();
    }

    /** Whether it is what was owed for an event of this scenario. */
    boolean fulfils(Owed owed, Scenario scenario) {
        return channel == owed.channel()
                && name().equals(owed.name())
                && kind() == owed.kind()
                && (owed.kind() == Kind.REPLY
                        || String.valueOf(payload.get("error")).contains(scenario.evidence()));
    }

    @Override
    public String toString() {
        return key + " on " + channel.topic();
    }
}
