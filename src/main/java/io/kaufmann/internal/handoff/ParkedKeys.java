package io.kaufmann.internal.handoff;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ordering keys of a partition whose events go to the dead letters, behind one of them that failed. Thread-safe.
 *
 * <p>A round of a key begins with the event that failed, and takes in all that is parked behind it. Dead letters that come back
 * from the dead-letter topic carry the offset they had: those of the present round are handled, in their order, and when the
 * last of them is through, the key is free again. One of them that fails begins a new round, and those behind it, being of the
 * old one, are parked once more.
 *
 * <p>Offsets of the source are all it goes by, so an event that is delivered and parked twice changes nothing. Keys are kept
 * as 64 bits of their hash: two that share it are parked together.
 */
public final class ParkedKeys {

    private final Map<Long, Round> rounds = new ConcurrentHashMap<>();

    /**
     * The dead letters that a key waits for.
     *
     * @param first the offset of the event that failed
     * @param last the offset of the last event that is parked behind it, or its own
     */
    public record Round(long first, long last) {}

    /** With what an earlier owner of the partition has left. */
    public ParkedKeys(Map<Long, Round> rounds) {
        this.rounds.putAll(rounds);
    }

    /** None yet. */
    public ParkedKeys() {}

    /**
     * The offset of the event behind which one must be parked, if it must.
     *
     * @param key its ordering key
     * @param letterOffset the offset it had before it went to the dead letters; empty for one that comes for the first time
     */
    public OptionalLong behind(String key, OptionalLong letterOffset) {
        Round round = rounds.isEmpty() ? null : rounds.get(hash(key));
        boolean free = round == null || (letterOffset.isPresent() && letterOffset.getAsLong() >= round.first());
        return free ? OptionalLong.empty() : OptionalLong.of(round.first());
    }

    /** An event failed, and is in the dead-letter topic: a round begins. */
    public void failed(String key, long offset) {
        rounds.put(hash(key), new Round(offset, offset));
    }

    /** An event was parked, and is in the dead-letter topic. */
    public void parked(String key, long offset) {
        rounds.computeIfPresent(hash(key), (hash, round) -> new Round(round.first(), Math.max(round.last(), offset)));
    }

    /** A dead letter that came back is through: if it was the last of its round, its key is free. */
    public void redriven(String key, long letterOffset) {
        rounds.computeIfPresent(hash(key), (hash, round) -> letterOffset >= round.last() ? null : round);
    }

    /** All of them, by the hash of the key. */
    public Map<Long, Round> rounds() {
        return new TreeMap<>(rounds);
    }

    /** The round of a key. */
    public Optional<Round> round(String key) {
        return Optional.ofNullable(rounds.get(hash(key)));
    }

    // FNV-1a, 64 bits, mixed once more: stable, since it is written with commits.
    static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        return hash ^ (hash >>> 32);
    }
}
