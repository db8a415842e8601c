package io.kaufmann.quickstart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The books: every event that was sent, by its id, against everything that was read. Knows nothing of Kafka, and nothing
 * from the service itself. Thread-safe.
 */
final class Ledger {

    // All guarded by this.
    private final Map<Integer, Entry> entries = new LinkedHashMap<>();
    private final Map<Place, Entry> byPlace = new HashMap<>();
    private final List<Answer> unclaimed = new ArrayList<>();
    private long outstanding;
    private int done;
    private long read;

    /** An event is being sent. */
    synchronized void sent(Sent event) {
        entries.put(event.id(), new Entry(event));
        outstanding += event.scenario().owed().size();
        done += event.scenario().owed().isEmpty() ? 1 : 0;
    }

    /** The broker has acknowledged it. */
    synchronized void written(int id, Place place) {
        Entry entry = entries.get(id);
        entry.at(place);
        byPlace.put(place, entry);
        List<Answer> again = List.copyOf(unclaimed);
        unclaimed.clear();
        again.forEach(this::book);
    }

    /** The service's answer to one of them was read. */
    synchronized void read(Answer answer) {
        read++;
        book(answer);
    }

    // An error event may be read before the producer has told where its cause stands: it waits unclaimed.
    private void book(Answer answer) {
        cause(answer)
                .ifPresentOrElse(
                        entry -> {
                            int before = entry.missing().size();
                            entry.read(answer);
                            int after = entry.missing().size();
                            outstanding -= before - after;
                            done += before > 0 && after == 0 ? 1 : 0;
                        },
                        () -> unclaimed.add(answer));
    }

    private Optional<Entry> cause(Answer answer) {
        OptionalInt id = answer.cause();
        return id.isPresent()
                ? Optional.ofNullable(entries.get(id.getAsInt()))
                : answer.causesPlace().map(byPlace::get);
    }

    /** How many events were sent. */
    synchronized int sent() {
        return entries.size();
    }

    /** How many events were sent and miss no answer any more. */
    synchronized int done() {
        return done;
    }

    /** How many answers were read. */
    synchronized long read() {
        return read;
    }

    /** How many owed answers were not read yet. */
    synchronized long outstanding() {
        return outstanding;
    }

    /**
     * Closes the books.
     *
     * @param offsets how far the service's group has come
     */
    synchronized Account close(Offsets offsets) {
        return new Account(List.copyOf(entries.values()), List.copyOf(unclaimed), offsets);
    }
}
