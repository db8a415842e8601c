package io.kaufmann.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An event on its way to the handler, and those that it came of. Immutable.
 *
 * @param name its name
 * @param depth how many there are, with itself
 * @param before the event that was handled as it was sent; empty for one that a test gave
 */
record Cascade(String name, int depth, Optional<Cascade> before) {

    static final int LONGEST = 1_000;
    /** So many may come of what one call gives. */
    static final int MOST = 10_000;

    static Cascade of(String name, Optional<Cascade> before) {
        return new Cascade(name, before.map(Cascade::depth).orElse(0) + 1, before);
    }

    /**
     * It goes to the handler.
     *
     * @param handled how many did before it, of what one call gave
     * @throws AssertionError when there are so many that they may have no end
     */
    void check(int handled) {
        if (depth > LONGEST || handled > MOST) {
            throw new AssertionError("What the handler sends comes back to it, and causes events without end: "
                    + String.join(" -> ", cycle()) + ". It went on for " + Math.max(depth, handled)
                    + " events. Let handledEvents() leave one of these out, or one of them not be answered");
        }
    }

    /** The last names, from the one before that is the last name too. */
    private List<String> cycle() {
        List<String> names = new ArrayList<>();
        for (Optional<Cascade> link = Optional.of(this);
                link.isPresent();
                link = link.get().before()) {
            names.add(0, link.get().name());
            if (names.size() > 1 && link.get().name().equals(name)) {
                break;
            }
        }
        return names;
    }
}
