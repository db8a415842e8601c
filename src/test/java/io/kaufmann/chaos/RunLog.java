package io.kaufmann.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The runs of one service process, written as they begin and end, so that they outlive a kill: {@code S run nanos id key} and
 * {@code E run nanos}. All processes of a machine share the running time. Thread-safe.
 */
final class RunLog implements AutoCloseable {

    // No channel: an interrupt of the thread that writes would close it.
    private final FileOutputStream file;
    private final AtomicLong runs = new AtomicLong();

    RunLog(Path file) throws IOException {
        this.file = new FileOutputStream(file.toFile(), true);
    }

    /** A run begins; gives its number. */
    long begin(long id, String key) {
        long run = runs.incrementAndGet();
        write("S " + run + ' ' + System.nanoTime() + ' ' + id + ' ' + key + '\n');
        return run;
    }

    void end(long run) {
        write("E " + run + ' ' + System.nanoTime() + '\n');
    }

    private void write(String line) {
        try {
            file.write(line.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The runs in a log of a process that ended then: those without an end were cut by it. */
    static List<Run> read(Path file, long processEnd) throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        Map<String, Run> begun = new HashMap<>();
        List<Run> runs = new ArrayList<>();
        String process = file.getFileName().toString();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split(" ", -1);
            // The last line may be cut.
            if (parts[0].equals("S") && parts.length == 5) {
                begun.put(
                        parts[1],
                        new Run(process, Long.parseLong(parts[3]), parts[4], Long.parseLong(parts[2]), processEnd));
            } else if (parts[0].equals("E") && parts.length == 3 && begun.containsKey(parts[1])) {
                Run run = begun.remove(parts[1]);
                runs.add(new Run(process, run.id(), run.key(), run.start(), Long.parseLong(parts[2])));
            }
        }
        runs.addAll(begun.values());
        return runs;
    }
}
