package io.kaufmann.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.event.Event;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps what came to each account in a file, which {@code ACCOUNTS_FILE} names, and tells of each change: a handler with state, whose
 * order counts.
 */
public final class Accounts implements EventHandler {

    static final String FILE = "ACCOUNTS_FILE";
    static final String IN = "deposit.made";
    static final String OUT = "account.changed";

    private final Writer file;

    public Accounts() {
        this(Path.of(System.getenv(FILE)));
    }

    Accounts(Path file) {
        try {
            this.file = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Result givenEvent(Event event) throws IOException {
        String account = event.payload().text("account");
        long amount = event.payload().integer("amount");
        synchronized (file) {
            file.write(account + " " + event.partition() + " " + event.offset() + " " + amount + "\n");
            file.flush();
        }
        return Result.reply(OUT, Map.of("account", account, "amount", amount));
    }

    /** One account: how many deposits, and a number that depends on each of them and on their order. */
    record Account(int deposits, long balance) {}

    /** The state that a file holds. What was handled twice, as after a kill, counts once, as in any idempotent store. */
    static Map<String, Account> state(Path file) throws IOException {
        Map<String, Account> state = new TreeMap<>();
        Map<String, Long> newest = new TreeMap<>();
        for (String line : Files.readAllLines(file, UTF_8)) {
            String[] parts = line.split(" ", -1);
            // The last line of a killed process may be cut.
            if (parts.length != 4 || Long.parseLong(parts[2]) <= newest.getOrDefault(parts[0], -1L)) {
                continue;
            }
            newest.put(parts[0], Long.parseLong(parts[2]));
            state.merge(
                    parts[0],
                    new Account(1, Long.parseLong(parts[3])),
                    (old, one) -> new Account(old.deposits() + 1, old.balance() * 31 + one.balance()));
        }
        return state;
    }

    /** How many events a file tells of, each as often as it was handled. */
    static long lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file, UTF_8).size() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
