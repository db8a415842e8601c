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
 * <p>Offsets of the source are all it goes by: an event that is delivered and parked twice changes nothing, and one that began
 * the round, or came before it, is not parked when it is delivered again. Keys are kept as 64 bits of their hash: two that share
 * it are parked together. There is a bound to how many there may be.
 */
public final class ParkedKeys {

    /** How many keys may be parked. */
    public static final int MOST = 10_000;

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
     * @param offset its offset
     * @param letterOffset the offset it had before it went to the dead letters; empty for one that comes for the first time
     */
    public OptionalLong behind(String key, long offset, OptionalLong letterOffset) {
        Round round = rounds.isEmpty() ? null : rounds.get(hash(key));
        if (round == null) {
            return OptionalLong.empty();
        }
        boolean free = letterOffset.isPresent() ? letterOffset.getAsLong() >= round.first() : offset <= round.first();
        return free ? OptionalLong.empty() : OptionalLong.of(round.first());
    }

    /**
     * An event failed, and is in the dead-letter topic: a round begins, unless it is the event that began the present one. False
     * when there are too many already: then its key stays free.
     */
    public boolean failed(String key, long offset) {
        long hash = hash(key);
        if (rounds.size() >= MOST && !rounds.containsKey(hash)) {
            return false;
        }
        rounds.merge(hash, new Round(offset, offset), (old, now) -> old.first() == now.first() ? old : now);
        return true;
    }

    /** An event that failed is not in the dead-letter topic after all: the round that it began is over. */
    public void withdrawn(String key, long offset) {
        rounds.computeIfPresent(hash(key), (hash, round) -> round.first() == offset ? null : round);
    }

    /** An event was parked, and is in the dead-letter topic. Gives the offset that ended its round before. */
    public long parked(String key, long offset) {
        Round before = rounds.get(hash(key));
        rounds.computeIfPresent(hash(key), (hash, round) -> new Round(round.first(), Math.max(round.last(), offset)));
        return before == null ? offset : before.last();
    }

    /** An event that was parked is not in the dead-letter topic after all: its round ends where it did before. */
    public void notParked(String key, long offset, long before) {
        rounds.computeIfPresent(
                hash(key), (hash, round) -> round.last() == offset ? new Round(round.first(), before) : round);
    }

    /** A dead letter that came back is through: if it was the last of its round, its key is free. */
    public void redriven(String key, long letterOffset) {
        rounds.computeIfPresent(hash(key), (hash, round) -> letterOffset >= round.last() ? null : round);
    }

    /** Those that began before this offset, by the hash of the key. */
    public Map<Long, Round> roundsBefore(long offset) {
        Map<Long, Round> before = rounds();
        before.values().removeIf(round -> round.first() >= offset);
        return before;
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
