package io.kaufmann.testing;

import io.kaufmann.event.Event;
import io.kaufmann.event.EventName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** What was sent, in its order, and what of it a test has asked for. Thread-safe. */
final class Emissions {

    private static final int MOST_SHOWN = 50;

    // Guarded by this.
    private final List<Emission> all = new ArrayList<>();

    /**
     * Something that was sent.
     *
     * @param event the event; null for a dead letter
     * @param letter the dead letter; null for an event
     * @param format the format that its publication asked for
     * @param asked whether a test has asked for it
     */
    record Emission(MockEvent event, KeptDeadLetter letter, Optional<String> format, AtomicBoolean asked) {

        static Emission of(MockEvent event, Optional<String> format) {
            return new Emission(Objects.requireNonNull(event), null, format, new AtomicBoolean());
        }

        static Emission of(KeptDeadLetter letter) {
            return new Emission(null, Objects.requireNonNull(letter), Optional.empty(), new AtomicBoolean());
        }

        boolean isEvent() {
            return event != null;
        }

        boolean isNamed(String name) {
            return isEvent()
                    && (event.name().equals(name) || event.eventName().text().equals(name));
        }

        boolean isLeft() {
            return !asked.get();
        }

        @Override
        public String toString() {
            String what = isEvent()
                    ? event.toString()
                    : "dead letter of " + EventName.printable(letter.event()) + " to " + letter.topic() + ": "
                            + letter.stage() + ", " + letter.error();
            return asked.get() ? what + " (asked for before)" : what;
        }
    }

    synchronized void add(Emission emission) {
        all.add(emission);
    }

    synchronized List<Event> events() {
        return all.stream()
                .filter(Emission::isEvent)
                .map(emission -> (Event) emission.event())
                .toList();
    }

    /** Those that no test has asked for, and that fit. */
    synchronized List<Emission> left(Predicate<Emission> fits) {
        return all.stream().filter(Emission::isLeft).filter(fits).toList();
    }

    /** Takes the first that fits and that no test has asked for. */
    synchronized Optional<Emission> take(Predicate<Emission> fits) {
        Optional<Emission> found =
                all.stream().filter(Emission::isLeft).filter(fits).findFirst();
        found.ifPresent(emission -> emission.asked().set(true));
        return found;
    }

    /** All of it, a line each. */
    synchronized String text() {
        if (all.isEmpty()) {
            return "Nothing was sent.";
        }
        StringBuilder text = new StringBuilder("Sent, in this order:");
        for (int i = 0; i < Math.min(all.size(), MOST_SHOWN); i++) {
            text.append("\n  ").append(i + 1).append(". ").append(all.get(i));
        }
        if (all.size() > MOST_SHOWN) {
            text.append("\n  and ").append(all.size() - MOST_SHOWN).append(" more");
        }
        return text.toString();
    }
}
