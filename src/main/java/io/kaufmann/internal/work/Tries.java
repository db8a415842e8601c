package io.kaufmann.internal.work;

/** How often in a row something was tried in vain. Whoever holds the delivery. */
final class Tries {

    private static final long NEVER = Long.MIN_VALUE;

    private int failed;
    private long answeringSince = NEVER;

    /** One more has failed; tells which it is, from 1. */
    int oneMore() {
        return ++failed;
    }

    /** How many have failed. */
    int failed() {
        return failed;
    }

    /** For how many nanoseconds, between the tries, others had their answer; 0 when that begins now. */
    long othersAnswered(long nowNanos) {
        if (answeringSince == NEVER) {
            answeringSince = nowNanos;
        }
        return nowNanos - answeringSince;
    }

    /** Others had no answer either. */
    void nobodyAnswered() {
        answeringSince = NEVER;
    }
}
