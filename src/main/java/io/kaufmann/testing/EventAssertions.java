package io.kaufmann.testing;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.Event;
import io.kaufmann.testing.Emissions.Emission;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a test says of the events that were sent. Each is asked for once: {@code thenEvent} takes the first that fits and that no
 * call took before, and {@link #thenNoEvent()} says that none is left. What does not hold is an {@link AssertionError} that
 * shows all that was sent. Thread-safe.
 */
public abstract sealed class EventAssertions permits MockBus, MockPublisher {

    EventAssertions() {}

    abstract MockWorld world();

    /**
     * An event of this name was sent.
     *
     * @param name its name; with an ordering key behind {@code #} only one of that key
     * @return the event: its payload, metadata, topic, key and headers
     */
    public final Event thenEvent(String name) {
        return take(name, "", emission -> true, named -> "");
    }

    /**
     * An event of this name and payload was sent.
     *
     * @param name its name; with an ordering key behind {@code #} only one of that key
     * @param payload its payload, of any kind that a handler may reply with: it is compared as it reads after it was written in
     *     the event's schema, so that numbers need not be of the schema's type, and what the schema has defaults for may be left out
     * @return the event
     */
    public final Event thenEvent(String name, Object payload) {
        String expected = " with " + Values.text(payload);
        return take(
                name,
                expected,
                emission -> differences(emission, payload).isEmpty(),
                named -> ", but: "
                        + named.stream()
                                .map(emission -> differences(emission, payload))
                                .min(Comparator.comparingInt(List::size))
                                .map(differences -> String.join("; ", differences))
                                .orElse(""));
    }

    /**
     * An event of this name that fits was sent.
     *
     * @param name its name; with an ordering key behind {@code #} only one of that key
     * @param fits what must hold of it
     * @return the event
     */
    public final Event thenEvent(String name, Predicate<? super Event> fits) {
        return take(
                name,
                " that fits",
                emission -> fits.test(emission.event()),
                named -> ", and none of " + named.size() + " does");
    }

    /**
     * The error event of an event that failed was sent.
     *
     * @param name the name of the event that failed
     * @return the error event, named {@code event.error.<name>}
     */
    public final Event thenError(String name) {
        return thenEvent("event.error." + name);
    }

    /**
     * A dead letter was kept.
     *
     * @return the dead letter
     */
    public final KeptDeadLetter thenDeadLetter() {
        return emissions()
                .take(emission -> !emission.isEvent())
                .orElseThrow(() -> failure("Expected a dead letter"))
                .letter();
    }

    /** No event was sent that no call has asked for, and no dead letter kept. */
    public final void thenNoEvent() {
        List<Emission> left = emissions().left(emission -> true);
        if (!left.isEmpty()) {
            throw failure("Expected no more, but there is " + left.get(0));
        }
    }

    /**
     * No event of this name was sent that no call has asked for.
     *
     * @param name its name; with an ordering key behind {@code #} only of that key
     */
    public final void thenNoEvent(String name) {
        List<Emission> left = emissions().left(emission -> emission.isNamed(name));
        if (!left.isEmpty()) {
            throw failure("Expected no " + name + ", but there is " + left.get(0));
        }
    }

    /**
     * All events that were sent, in their order, whether a call asked for them or not; no dead letters.
     *
     * @return the events
     */
    public final List<Event> events() {
        return emissions().events();
    }

    private Emissions emissions() {
        return world().emissions();
    }

    private Event take(
            String name, String expected, Predicate<Emission> fits, Function<List<Emission>, String> whyNone) {
        try {
            Optional<Emission> found = emissions().take(emission -> emission.isNamed(name) && fits.test(emission));
            if (found.isPresent()) {
                return found.get().event();
            }
            List<Emission> named = emissions().left(emission -> emission.isNamed(name));
            throw failure("Expected " + name + expected + (named.isEmpty() ? "" : whyNone.apply(named)));
        } catch (TranscodeException e) {
            throw failure("The payload that is expected does not fit its schema: " + e.getMessage());
        }
    }

    private List<String> differences(Emission emission, Object expected) {
        MockEvent event = emission.event();
        return Values.differences(
                world().asRead(event, emission.format(), expected),
                event.payload().value());
    }

    private AssertionError failure(String what) {
        return new AssertionError(what + ". " + emissions().text() + world().notes());
    }
}
