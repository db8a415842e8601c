package io.kaufmann.cli;

import io.kaufmann.task.ReplayProgress;
import java.time.Duration;
import java.util.Locale;

/** Shows how far a replay is: a bar that moves on a terminal, a line now and then elsewhere. One thread's. */
final class ReplayBar {

    private static final int WIDTH = 30;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Output output;
    private Duration nextLine = BETWEEN_LINES;
    private boolean shown;

    ReplayBar(Output output) {
        this.output = output;
    }

    void show(ReplayProgress progress) {
        if (output.isTerminal()) {
            output.overwrite(bar(progress) + " " + text(progress));
            shown = true;
        } else if (progress.elapsed().compareTo(nextLine) >= 0) {
            output.progress(text(progress));
            nextLine = progress.elapsed().plus(BETWEEN_LINES);
        }
    }

    /** Leaves the bar where it is. */
    void end() {
        if (shown) {
            output.progress("");
            shown = false;
        }
    }

    private static String bar(ReplayProgress progress) {
        long full = progress.all() == 0 ? WIDTH : progress.done() * WIDTH / progress.all();
        full = Math.max(0, Math.min(WIDTH, full));
        return "[" + "=".repeat((int) full) + " ".repeat(WIDTH - (int) full) + "]";
    }

    private static String text(ReplayProgress progress) {
        double percent = progress.all() == 0 ? 100 : 100.0 * progress.done() / progress.all();
        return String.format(
                Locale.ROOT,
                "%.0f %%, %,d of %,d events, %,.0f/s%s",
                percent,
                progress.done(),
                progress.all(),
                progress.perSecond(),
                progress.left().map(left -> ", " + words(left) + " left").orElse(""));
    }

    /** A time, in two units at most. */
    static String words(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        if (time.toMinutes() > 0) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        return time.toSeconds() > 9
                ? time.toSeconds() + " s"
                : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
}
