package io.kaufmann.quickstart;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What the quickstart writes on: lines, and one that shows how far it is. For one thread. */
final class Screen {

    private static final int BAR = 30;
    private static final String ERASE_LINE = "\r\u001b[K";
    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final PrintStream out;
    private final boolean terminal;
    private long lastProgress = System.nanoTime();
    private boolean progressStands;

    /**
     * A screen.
     *
     * @param out where it is
     * @param terminal whether a line can be written again in its place
     */
    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether the process writes to a terminal. */
    @SuppressWarnings("SystemConsoleNull") // Both of its meanings are asked for.
    static boolean isTerminal() {
        if (System.console() == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            // Since Java 22 there is a console without a terminal too, and a way to ask it.
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }

    /** A line of text. */
    void line(String format, Object... values) {
        clearProgress();
        out.printf(Locale.ROOT, format + "%n", values);
        out.flush();
    }

    /** An empty line. */
    void gap() {
        line("");
    }

    /** Shows how far it is: often in one line on a terminal, else a line now and then. */
    void progress(int sent, int done, int all) {
        long now = System.nanoTime();
        if (now - lastProgress < (terminal ? REDRAW_NANOS : REPEAT_NANOS)) {
            return;
        }
        lastProgress = now;
        String figures = String.format(Locale.ROOT, "%,6d of %,d sent, %,6d done", sent, all, done);
        if (terminal) {
            String bar = "#".repeat(BAR * done / all);
            out.printf(Locale.ROOT, "%s  [%-" + BAR + "s] %s", ERASE_LINE, bar, figures);
            progressStands = true;
        } else {
            out.println("  " + figures);
        }
        out.flush();
    }

    private void clearProgress() {
        if (progressStands) {
            out.print(ERASE_LINE);
            progressStands = false;
        }
    }
}
