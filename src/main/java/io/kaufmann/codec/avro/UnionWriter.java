package io.kaufmann.codec.avro;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a value as the branch of a union that it fits best; of equals, the first. */
final class UnionWriter implements ValueWriter {

    /** How deep records are compared to tell branches apart. */
    private static final int LEVELS = 4;

    private static final int NONE = -1;

    private final List<ValueWriter> branches;
    private final int nullBranch;
    private final int onlyOther;

    UnionWriter(List<ValueWriter> branches) {
        this.branches = branches;
        this.nullBranch = branches.indexOf(NullWriter.INSTANCE);
        this.onlyOther = nullBranch != NONE && branches.size() == 2 ? 1 - nullBranch : NONE;
    }

    @Override
    public String expected() {
        return branches.stream().map(ValueWriter::expected).collect(Collectors.joining(", ", "one of ", ""));
    }

    @Override
    public void write(Object value, Output out) {
        int branch = branch(value);
        if (branch == NONE) {
            throw Misfit.expected(expected(), value);
        }
        out.writeLong(branch);
        branches.get(branch).write(value, out);
    }

    private int branch(Object value) {
        if (value == null) {
            return nullBranch;
        }
        return onlyOther == NONE ? best(value) : onlyOther;
    }

    private int best(Object value) {
        int best = NONE;
        Fit bestFit = Fit.NONE;
        for (int i = 0; i < branches.size(); i++) {
            Fit fit = branches.get(i).fit(value, LEVELS);
            if (fit.compareTo(bestFit) < 0) {
                best = i;
                bestFit = fit;
            }
        }
        return best;
    }

    @Override
    public Fit fit(Object value, int levels) {
        return branches.stream()
                .map(branch -> branch.fit(value, levels))
                .min(Fit::compareTo)
                .orElse(Fit.NONE);
    }
}
