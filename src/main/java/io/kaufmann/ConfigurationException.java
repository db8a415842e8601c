package io.kaufmann;

import java.util.List;

/** A configuration cannot be used. It names everything that is wrong, at once, by key and with what to write instead. */
public final class ConfigurationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String[] problems;

    /**
     * With all that is wrong.
     *
     * @param problems one text each, beginning with the key
     */
    ConfigurationException(List<String> problems) {
        super(message(problems));
        this.problems = problems.toArray(String[]::new);
    }

    private static String message(List<String> problems) {
        String count = problems.size() == 1 ? "a problem" : problems.size() + " problems";
        return "The configuration has " + count + ":\n- " + String.join("\n- ", problems);
    }

    /**
     * {@return all that is wrong: one text for each problem, beginning with its key, never with the value of a secret}
     */
    public List<String> problems() {
        return List.of(problems);
    }
}
