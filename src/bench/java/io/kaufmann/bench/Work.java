package io.kaufmann.bench;

import io.kaufmann.handler.Ordering;
import java.util.List;

/**
 * What a contestant has to do. Immutable.
 *
 * @param name its row in the ledger
 * @param topic what it reads
 * @param kind what is measured
 * @param handlerMicros how long the handler waits for each event
 * @param ordering which events are handled one after the other
 * @param reply whether each event is answered
 * @param contestants who takes part
 */
record Work(
        String name,
        TopicSpec topic,
        Kind kind,
        long handlerMicros,
        Ordering ordering,
        boolean reply,
        List<Contestant.Kind> contestants) {

    /** What is measured. */
    enum Kind {
        /** Events per second while there is more to do than can be done; memory, CPU and start come with it. */
        THROUGHPUT,
        /** The same for all partitions but the first, whose handlers never return. */
        STUCK_PARTITION,
        /** The same as throughput, with the telemetry that a contestant brings; against Kaufmann without any. */
        TELEMETRY,
        /** From the time an event was to be sent to its handler's end, at a fixed rate. */
        LATENCY(5_000),
        /** The same as throughput, each event answered, in transactions; against Kaufmann without any. */
        EXACTLY_ONCE,
        /** From the time an event was to be sent until its reply can be read as committed, at a fixed rate. */
        ANSWER_LATENCY(5_000),
        /** The same with much time between events. */
        QUIET_ANSWER_LATENCY(5),
        /** What is on the heap while as many events as may be are in flight. */
        MEMORY;

        /** Events per second that come while it runs; 0 for a topic that is loaded before. */
        final int rate;

        Kind() {
            this(0);
        }

        Kind(int rate) {
            this.rate = rate;
        }
    }

    /**
     * A topic, loaded before the run.
     *
     * @param name its name
     * @param partitions how many partitions
     * @param keys how many ordering keys; 0 for none
     * @param zipf whether some keys are far more frequent than others
     * @param textLength how many characters of text each event has
     * @param events how many events it holds
     */
    record TopicSpec(String name, int partitions, int keys, boolean zipf, int textLength, int events) {}
}
