package io.kaufmann.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What all service processes ran, as their logs tell. Thread-safe. */
final class Runs {

    // Guarded by this.
    private final List<Run> runs = new ArrayList<>();

    /** Takes the log of a process that has ended just now. */
    synchronized void addFrom(Path log) {
        try {
            runs.addAll(RunLog.read(log, System.nanoTime()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the processes that have ended. */
    synchronized List<Run> all() {
        return List.copyOf(runs);
    }
}
