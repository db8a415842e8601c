package io.kaufmann;

import io.kaufmann.codec.Transcoders;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules that say which events have which format, as they are written in settings.
 *
 * @param rules in their order
 */
record TranscoderRules(List<Rule> rules) {

    static final String FORM =
            "event:NAME=TRANSCODER or topic:NAME=TRANSCODER, separated by commas, where a name may end in *";

    private static final String EVENT = "event:";
    private static final String TOPIC = "topic:";

    /**
     * A rule.
     *
     * @param isTopic whether the pattern is for topics
     * @param pattern a name, or a beginning of it and an asterisk
     * @param transcoder the transcoder's name
     */
    record Rule(boolean isTopic, String pattern, String transcoder) {

        Transcoders addTo(Transcoders transcoders) {
            return isTopic ? transcoders.topic(pattern, transcoder) : transcoders.event(pattern, transcoder);
        }

        @Override
        public String toString() {
            return (isTopic ? TOPIC : EVENT) + pattern + '=' + transcoder;
        }
    }

    /**
     * Reads rules.
     *
     * @throws WrongValueException when a rule is not of the form
     */
    static TranscoderRules parse(String text) {
        List<Rule> rules = new ArrayList<>();
        SettingTypes.each(SettingTypes.split(text), rule -> rules.add(rule(rule)));
        return new TranscoderRules(List.copyOf(rules));
    }

    private static Rule rule(String text) {
        boolean topic = text.startsWith(TOPIC);
        int equals = text.lastIndexOf('=');
        if (!(topic || text.startsWith(EVENT)) || equals < 0) {
            throw new WrongValueException("is no rule for a transcoder");
        }
        String pattern = text.substring(text.indexOf(':') + 1, equals).strip();
        int star = pattern.indexOf('*');
        if (pattern.isEmpty() || (star >= 0 && star < pattern.length() - 1)) {
            throw new WrongValueException("is no rule for a transcoder: the name is empty, or has a * before its end");
        }
        return new Rule(topic, pattern, text.substring(equals + 1).strip());
    }

    /**
     * Adds the rules.
     *
     * @throws IllegalArgumentException when a rule names no transcoder that is there
     */
    Transcoders addTo(Transcoders transcoders) {
        Transcoders ruled = transcoders;
        for (Rule rule : rules) {
            ruled = rule.addTo(ruled);
        }
        return ruled;
    }

    @Override
    public String toString() {
        return String.join(",", rules.stream().map(Rule::toString).toList());
    }
}
