package io.kaufmann.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The place of one service process, which is started anew whenever it ends. Thread-safe. */
final class ServiceSlot {

    private final Path home;
    private final int number;
    private final Path settings;
    // All guarded by this.
    private Process process;
    private CompletableFuture<Void> recorded;
    private int starts;
    private boolean wanted;
    private boolean ending;
    private final List<String> unexpectedEnds = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();

    ServiceSlot(Path home, int number, Path settings) {
        this.home = home;
        this.number = number;
        this.settings = settings;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Starts it, if it does not run. */
    synchronized void start() {
        wanted = true;
        if (process == null || !process.isAlive()) {
            launch();
        }
    }

    private synchronized void launch() {
        ending = false;
        starts++;
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ChaosService.class.getName(),
                settings.toString(),
                runLog().toString());
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(serviceLog().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command, e);
        }
        recorded = process.onExit().thenAccept(this::ended);
    }

    private Path runLog() {
        return home.resolve("runs-" + number + "-" + starts + ".log");
    }

    private synchronized void ended(Process ended) {
        try {
            runs.addAll(RunLog.read(runLog(), System.nanoTime()));
            if (!ending) {
                unexpectedEnds.add("service " + number + ", start " + starts + ", ended with code " + ended.exitValue()
                        + ". It said last:\n    " + lastLines());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (wanted) {
            launch();
        }
    }

    /** Kills it without warning; it starts again at once. */
    synchronized void kill() {
        ending = true;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Asks it to stop; it starts again at once. */
    synchronized void restart() {
        ending = true;
        if (process != null) {
            process.destroy();
        }
    }

    /** Halts it, or lets it go on, by a signal: STOP or CONT. */
    synchronized void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks it to stop for good; true when it did in time, else it is killed. Its runs are complete then. */
    boolean stop(long seconds) {
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

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(serviceLog());
        return String.join("\n    ", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }

    private Path serviceLog() {
        return home.resolve("service-" + number + ".log");
    }

    /** Its ends by itself, each with the exit code and what it said last. */
    synchronized List<String> unexpectedEnds() {
        return List.copyOf(unexpectedEnds);
    }

    @Override
    public String toString() {
        return "service " + number;
    }

    /** What its processes ran; complete once they have ended. */
    synchronized List<Run> runs() {
        return List.copyOf(runs);
    }
}
