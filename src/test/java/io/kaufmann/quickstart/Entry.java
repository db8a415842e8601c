package io.kaufmann.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line of the {@link Ledger}: an event that was sent, where it is, and what was read for it. Guarded by the ledger. */
final class Entry {

    private final Sent sent;
    private Optional<Place> place = Optional.empty();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Owed> missing;
    private final List<Answer> unexpected = new ArrayList<>();
    private int duplicates;

    Entry(Sent sent) {
        this.sent = sent;
        this.missing = new ArrayList<>(sent.scenario().owed());
    }

    /** The broker has it there. */
    void at(Place where) {
        place = Optional.of(where);
    }

    /** An answer to it was read. */
    void read(Answer answer) {
        Optional<Owed> fulfilled = sent.scenario().owed().stream()
                .filter(owed -> answer.fulfils(owed, sent.scenario()))
                .findFirst();
        if (fulfilled.isEmpty()) {
            unexpected.add(answer);
        } else if (!missing.remove(fulfilled.get())) {
            duplicates++;
        }
        answers.add(answer);
    }

    Sent sent() {
        return sent;
    }

    Optional<Place> place() {
        return place;
    }

    /** All answers that were read, in that order. */
    List<Answer> answers() {
        return answers;
    }

    /** The owed answers that were not read. */
    List<Owed> missing() {
        return missing;
    }

    /** How many of its answers came more often than once. */
    int duplicates() {
        return duplicates;
    }

    /** Its answers that were not owed. */
    List<Answer> unexpected() {
        return unexpected;
    }
}
