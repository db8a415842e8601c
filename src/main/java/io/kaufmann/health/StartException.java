package io.kaufmann.health;

import java.util.List;

/** A service could not come up. The message says everything that is wrong and what to do about it. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    // A list of strings by List.copyOf, which is serializable.
    @SuppressWarnings("serial")
    private final List<String> problems;

    /**
     * With all that is wrong.
     *
     * @param service the service's name
     * @param problems what is wrong, each with what to do about it
     * @param cause the error beneath, or null
     */
    public StartException(String service, List<String> problems, Throwable cause) {
        super("Service " + service + " cannot start: " + String.join("; ", problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, each with what to do about it. */
    public List<String> problems() {
        return problems;
    }
}
