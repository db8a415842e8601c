package io.kaufmann.quickstart;

import java.util.List;
import java.util.stream.LongStream;

/**
 * How fast it went, as whoever sent the events and read the answers saw it.
 *
 * @param burst how many events were sent at once
 * @param perSecond of these, how many a second: from the first one's sending until the last answer was read
 * @param replies how many replies the latencies are of
 * @param p50Millis from sending an event to having read its reply, at a steady rate: half are quicker
 * @param p99Millis one in a hundred takes longer
 */
record Timing(long burst, double perSecond, int replies, double p50Millis, double p99Millis) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    static Timing of(Account account) {
        List<Entry> burst = inPhase(account, Sent.Phase.BURST);
        long from =
                burst.stream().mapToLong(entry -> entry.sent().nanos()).min().orElse(0);
        long until = burst.stream()
                .flatMap(entry -> entry.answers().stream())
                .mapToLong(Answer::nanos)
                .max()
                .orElse(from);
        long[] latencies = inPhase(account, Sent.Phase.STEADY).stream()
                .flatMapToLong(Timing::latency)
                .sorted()
                .toArray();
        return new Timing(
                burst.size(),
                until == from ? 0 : burst.size() * NANOS_PER_SECOND / (until - from),
                latencies.length,
                percentile(latencies, 50),
                percentile(latencies, 99));
    }

    private static List<Entry> inPhase(Account account, Sent.Phase phase) {
        return account.entries().stream()
                .filter(entry -> entry.sent().phase() == phase)
                .toList();
    }

    private static LongStream latency(Entry entry) {
        return entry.answers().stream()
                .filter(answer -> answer.kind() == Kind.REPLY)
                .limit(1)
                .mapToLong(answer -> answer.nanos() - entry.sent().nanos());
    }

    private static double percentile(long[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (sorted.length * percent + 99) / 100;
        return sorted[Math.max(1, rank) - 1] / NANOS_PER_MILLI;
    }
}
