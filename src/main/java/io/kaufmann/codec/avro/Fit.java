package io.kaufmann.codec.avro;

/**
 * How well a value fits a schema: better the fewer problems it has, then the less it has to be stretched (an int for a
 * double, a default for a field that is not given).
 *
 * @param problems what makes it fail: fields that are missing, unknown or of another type
 * @param stretches what makes it a worse choice among branches that all take it
 */
record Fit(int problems, int stretches) implements Comparable<Fit> {

    static final Fit EXACT = new Fit(0, 0);

    /** Another kind of thing: no record, no number. */
    static final Fit NONE = new Fit(Integer.MAX_VALUE, 0);

    static Fit stretched(int stretches) {
        return new Fit(0, stretches);
    }

    static Fit exactIf(boolean condition) {
        return condition ? EXACT : NONE;
    }

    boolean isNone() {
        return problems == Integer.MAX_VALUE;
    }

    /** With the fit of a part: a part that is no fit at all is one problem of the whole. */
    Fit plus(Fit part) {
        return part.isNone()
                ? new Fit(problems + 1, stretches)
                : new Fit(problems + part.problems, stretches + part.stretches);
    }

    @Override
    public int compareTo(Fit other) {
        int byProblems = Integer.compare(problems, other.problems);
        return byProblems != 0 ? byProblems : Integer.compare(stretches, other.stretches);
    }
}
