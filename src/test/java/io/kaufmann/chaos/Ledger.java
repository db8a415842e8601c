package io.kaufmann.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every event that was sent, and every effect that was read. Thread-safe. */
final class Ledger {

    // All guarded by this.
    private final List<Sent> sent = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final Map<Long, Sent> byId = new HashMap<>();
    private final Map<String, Sent> byPlace = new HashMap<>();
    private final Set<Long> answered = new HashSet<>();
    private final Map<Integer, Integer> open = new HashMap<>();
    private final Map<Integer, Long> lastProgress = new HashMap<>();
    private long lastEffect = System.nanoTime();
    private long longestPause;
    private long longestOfPartition;
    // The places of the events that dead letters tell of; one for each letter.
    private final List<String> letters = new ArrayList<>();
    private final List<Effect> early = new ArrayList<>();
    private final Map<String, List<Effect>> earlyByPlace = new HashMap<>();

    synchronized void sent(Sent event) {
        sent.add(event);
        byId.put(event.id(), event);
        byPlace.put(event.place(), event);
        if (open.merge(event.partition(), 1, Integer::sum) == 1) {
            lastProgress.put(event.partition(), System.nanoTime());
        }
        // Its effect may be read before its own acknowledgement.
        early.removeIf(effect -> effect.id() == event.id() && note(effect, event));
        List<Effect> placed = earlyByPlace.remove(event.place());
        if (placed != null) {
            placed.forEach(
                    effect -> effect(new Effect(event.id(), effect.partition(), effect.offset(), effect.nanos())));
        }
    }

    /** An effect of an event whose number it tells. */
    synchronized void effect(Effect effect) {
        effects.add(effect);
        Sent event = byId.get(effect.id());
        if (event == null) {
            early.add(effect);
        } else {
            note(effect, event);
        }
    }

    /** An effect of the event that is at this place. */
    synchronized void effect(String place, Effect effect) {
        Sent event = byPlace.get(place);
        if (event == null) {
            earlyByPlace.computeIfAbsent(place, p -> new ArrayList<>()).add(effect);
        } else {
            effect(new Effect(event.id(), effect.partition(), effect.offset(), effect.nanos()));
        }
    }

    private boolean note(Effect effect, Sent event) {
        if (openCount() > 0) {
            longestPause = Math.max(longestPause, effect.nanos() - lastEffect);
        }
        lastEffect = effect.nanos();
        long before = lastProgress.put(event.partition(), effect.nanos());
        if (open.get(event.partition()) > 0) {
            longestOfPartition = Math.max(longestOfPartition, effect.nanos() - before);
        }
        if (answered.add(effect.id())) {
            open.merge(event.partition(), -1, Integer::sum);
        }
        return true;
    }

    /** A dead letter of the event that is at this place. */
    synchronized void letter(String place) {
        letters.add(place);
    }

    /** How many events have no effect yet. */
    synchronized int openCount() {
        return open.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The partitions that have had no effect since then, though events of theirs wait for one. */
    synchronized List<Integer> quietSince(long nanos) {
        return open.entrySet().stream()
                .filter(entry -> entry.getValue() > 0 && lastProgress.get(entry.getKey()) < nanos)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The longest time without any effect, while events waited for one. */
    synchronized Duration longestPause() {
        return Duration.ofNanos(longestPause);
    }

    /** The longest time without an effect of one partition, while events of it waited for one. */
    synchronized Duration longestPauseOfAPartition() {
        return Duration.ofNanos(longestOfPartition);
    }

    synchronized List<String> allLetters() {
        return List.copyOf(letters);
    }

    synchronized List<Sent> allSent() {
        return List.copyOf(sent);
    }

    synchronized List<Effect> allEffects() {
        return List.copyOf(effects);
    }
}
