package io.kaufmann.schema;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** What one call has tried so far, and what it may still try. Of the calling thread only. */
final class RegistryTries {

    private final RegistryRequest request;
    private final String location;
    private final RegistryLimits limits;
    private final long start = System.nanoTime();
    private final Map<String, String> outcomes = new LinkedHashMap<>();
    private int rounds = 1;
    private Throwable cause;

    RegistryTries(RegistryRequest request, String location, RegistryLimits limits) {
        this.request = request;
        this.location = location;
        this.limits = limits;
    }

    /**
     * What an attempt may still take; zero or less when the time is over.
     *
     * @param urls how many URLs are to be asked in this round, this one included
     */
    Duration timeLimit(int urls) {
        return limits.requestWithin(elapsed(), urls);
    }

    boolean timeIsOver() {
        return elapsed().compareTo(limits.total()) >= 0;
    }

    /** An attempt gave nothing. */
    void failed(RegistryUrl url, String outcome, Throwable reason) {
        outcomes.put(url.location(), outcome);
        cause = reason;
    }

    boolean mayGoOnAfter(Duration pause) {
        boolean may = rounds < limits.attempts() && elapsed().plus(pause).compareTo(limits.total()) < 0;
        rounds += may ? 1 : 0;
        return may;
    }

    int rounds() {
        return rounds;
    }

    /** That nothing came of it, with each URL's reason. */
    RegistryUnavailableException exception() {
        String tries = rounds == 1 ? "1 attempt" : rounds + " attempts";
        return new RegistryUnavailableException(
                "Cannot " + request.aim() + " at schema registry " + location + ": " + reasons() + " (" + tries + " in "
                        + elapsed().toMillis() + " ms). Check that the registry is up and reachable from here, and that"
                        + " kaufmann.schema.registry.url points to it.",
                cause);
    }

    private String reasons() {
        if (outcomes.size() == 1 && outcomes.containsKey(location)) {
            return outcomes.get(location);
        }
        StringJoiner reasons = new StringJoiner("; ");
        outcomes.forEach((url, outcome) -> reasons.add(url + ": " + outcome));
        return reasons.toString();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
