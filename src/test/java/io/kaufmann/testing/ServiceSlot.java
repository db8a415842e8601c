package io.kaufmann.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** The place of one service process, which is started anew whenever it ends. Thread-safe. */
public final class ServiceSlot implements AutoCloseable {

    private final String name;
    private final Path log;
    private final Class<?> main;
    private final IntFunction<List<String>> arguments;
    private final IntConsumer onEnd;
    // All guarded by this.
    private Process process;
    private CompletableFuture<Void> recorded;
    private int starts;
    private boolean wanted;
    private boolean ending;
    private final List<String> unexpectedEnds = new ArrayList<>();

    /**
     * A slot, with no process yet.
     *
     * @param name what it is called in messages
     * @param log the file that takes what its processes say
     * @param main the class that a process runs
     * @param arguments the arguments of the process that is started as the first, the second and so on
     * @param onEnd is told which process has ended, before the next one starts
     */
    public ServiceSlot(String name, Path log, Class<?> main, IntFunction<List<String>> arguments, IntConsumer onEnd) {
        this.name = name;
        this.log = log;
        this.main = main;
        this.arguments = arguments;
        this.onEnd = onEnd;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Starts it, if it does not run. */
    public synchronized void start() {
        wanted = true;
        if (process == null || !process.isAlive()) {
            launch();
        }
    }

    private synchronized void launch() {
        ending = false;
        starts++;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments.apply(starts));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command, e);
        }
        recorded = process.onExit().thenAccept(this::ended);
    }

    private synchronized void ended(Process ended) {
        onEnd.accept(starts);
        if (!ending) {
            unexpectedEnds.add(name + ", start " + starts + ", ended with code " + ended.exitValue()
                    + ". It said last:\n    " + lastLines());
        }
        if (wanted) {
            launch();
        }
    }

    /** Kills it without warning; it starts again at once. */
    public synchronized void kill() {
        ending = true;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Kills it for good. */
    @Override
    public synchronized void close() {
        wanted = false;
        kill();
    }

    /** Asks it to stop; it starts again at once. */
    public synchronized void restart() {
        ending = true;
        if (process != null) {
            process.destroy();
        }
    }

    /** Halts it, or lets it go on, by a signal: STOP or CONT. */
    public synchronized void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks it to stop for good; true when it did in time, else it is killed. Its end is told by then. */
    public boolean stop(long seconds) {
        Process last;
        CompletableFuture<Void> told;
        synchronized (this) {
            wanted = false;
            ending = true;
            last = process;
            told = recorded;
            last.destroy();
        }
        try {
            boolean inTime = last.waitFor(seconds, TimeUnit.SECONDS);
            last.destroyForcibly();
            told.join();
            return inTime;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n    ", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many processes it has started: the number of the one that runs, from 1. */
    public synchronized int starts() {
        return starts;
    }

    /** Its ends by itself, each with the exit code and what it said last. */
    public synchronized List<String> unexpectedEnds() {
        return List.copyOf(unexpectedEnds);
    }

    @Override
    public String toString() {
        return name;
    }
}
