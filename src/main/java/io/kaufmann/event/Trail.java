package io.kaufmann.event;

/**
 * The way from a payload to where it is not what was expected, step by step, also beyond where it ends. For one thread, and
 * only for errors.
 */
final class Trail {

    private static final int MAX_NAME = 60;
    private static final int MAX_PATH = 300;

    private final String event;
    private final StringBuilder path = new StringBuilder();
    private Object value;
    private String reached;

    private Trail(String event, Object root) {
        this.event = event;
        this.value = root;
    }

    /** Along a path that has been read before. */
    static Trail along(String event, Object root, String path) {
        Trail trail = new Trail(event, root);
        for (PathSteps steps = new PathSteps(path); steps.hasNext(); ) {
            trail.step(steps.next());
        }
        return trail;
    }

    /** What stands where the trail is; beyond the end, what stood there. */
    Object value() {
        return value;
    }

    /** One step on, a name or a place in a list. */
    void step(Object step) {
        if (reached == null && PathSteps.has(value, step)) {
            value = PathSteps.step(value, step);
        } else if (reached == null) {
            reached = path();
        }
        append(step);
    }

    private void append(Object step) {
        String name = step.toString();
        if (step instanceof Integer) {
            path.append('[').append(name).append(']');
        } else if (isPlain(name)) {
            path.append(path.isEmpty() ? "" : ".").append(name);
        } else {
            path.append("[\"").append(Shown.escaped(name, MAX_NAME)).append("\"]");
        }
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '$');
    }

    /** One that is very long keeps its end. */
    private String path() {
        return path.length() <= MAX_PATH ? path.toString() : "..." + path.substring(path.length() - MAX_PATH);
    }

    PayloadException expected(String expected) {
        return expected(expected, "", null);
    }

    /** With more to say, and with a cause, null when there is none. */
    PayloadException expected(String expected, String more, Throwable cause) {
        if (reached == null) {
            return new PayloadException(event, path(), expected, Shown.value(value), more, cause);
        }
        String where = ". " + PayloadException.place(reached) + " is " + Shown.value(value);
        return new PayloadException(event, path(), expected, "nothing", where + more, cause);
    }
}
