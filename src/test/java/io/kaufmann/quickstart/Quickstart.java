package io.kaufmann.quickstart;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.LoggerFactory;

/**
 * Shows the library at work: {@code mvn -Pquickstart}. Exits with 0 when every event is accounted for, else with 1.
 *
 * <p>With {@code -Dkaufmann.bootstrap.servers=... -Dkaufmann.schema.registry.url=...} it runs on that broker and that
 * registry, in topics and a group of its own.
 */
public final class Quickstart {

    private static final int EVENTS = 10_000;
    private static final String LOG = "target/quickstart.log";

    private Quickstart() {}

    /** Runs it. */
    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "quickstart/logback.xml");
        System.setProperty("quickstart.log", LOG);
        Screen screen = new Screen(System.out, Screen.isTerminal());
        CountDownLatch ended = endInOrder(Thread.currentThread());
        int exitCode = run(screen);
        ended.countDown();
        System.exit(exitCode);
    }

    private static int run(Screen screen) {
        screen.gap();
        screen.line("Kaufmann's quickstart: %,d events through a sample service for orders", EVENTS);
        screen.gap();
        long start = System.nanoTime();
        try {
            Account account;
            try (Site site = Site.open()) {
                account = new QuickstartRun(site, screen, EVENTS).run();
            }
            int exitCode = finish(screen, account);
            screen.line(
                    "  It took %.1f s in all. The service: src/test/java/io/kaufmann/quickstart/OrderService.java",
                    (System.nanoTime() - start) / 1e9);
            screen.line("  Your own service: README.md. Its settings: docs/configuration.md. The log: %s", LOG);
            screen.gap();
            return exitCode;
        } catch (InterruptedException | InterruptException e) {
            screen.line("  Interrupted; everything is closed.");
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Quickstart.class).error("The quickstart failed", e);
            screen.line("  The quickstart cannot run: %s. (More in %s)", problem(e), LOG);
        }
        return 1;
    }

    private static String problem(RuntimeException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    /** Shows the account and gives the exit code. */
    static int finish(Screen screen, Account account) {
        new Report(screen, account).print();
        return account.isComplete() ? 0 : 1;
    }

    /** When the process is told to end, the main thread is interrupted and gets some time to close what it has opened. */
    private static CountDownLatch endInOrder(Thread main) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    if (ended.getCount() > 0) {
                        main.interrupt();
                        await(ended);
                    }
                },
                "quickstart-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        return ended;
    }

    private static void await(CountDownLatch ended) {
        try {
            var unused = ended.await(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
