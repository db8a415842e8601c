package io.kaufmann.quickstart;

/**
 * An event that the quickstart sent.
 *
 * @param id its number, from 1: its ordering key and, as far as it has meta, its callback id
 * @param scenario what it is
 * @param phase how it was sent
 * @param nanos when, by {@link System#nanoTime()}
 */
record Sent(int id, Scenario scenario, Phase phase, long nanos) {

    /** How events are sent. */
    enum Phase {
        /** The first one alone, to see that the service is there. */
        FIRST,
        /** As fast as possible, to see how many a second. */
        BURST,
        /** At a rate so moderate that no event waits for another, to see how long one takes. */
        STEADY
    }

    @Override
    public String toString() {
        return "event " + id + " (" + scenario + ")";
    }
}
