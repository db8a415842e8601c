package io.kaufmann.chaos;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.event.ErrorEvent;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventNames;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import io.kaufmann.publish.Publication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The service that the chaos run torments: a process that does to each event what the event asks for. */
final class ChaosService implements EventHandler {

    private static final long DEAF_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final RunLog log;

    private ChaosService(RunLog log) {
        this.log = log;
    }

    /** With the file of its settings, and the file for its log of runs. */
    public static void main(String[] args) throws IOException {
        ChaosService handler = new ChaosService(new RunLog(Path.of(args[1])));
        Kaufmann.start(KaufmannConfig.builder()
                .file(Path.of(args[0]))
                .eventHandler(handler)
                .build());
    }

    @Override
    public EventNames handledEvents() {
        return EventNames.of(ChaosSchemas.WORK);
    }

    @Override
    public Result givenEvent(Event event) throws Exception {
        long id = event.payload().integer("id");
        String key = event.orderingKey().orElseThrow();
        long run = log.begin(id, key);
        try {
            return act(Deed.valueOf(event.payload().text("deed")), event, id, key);
        } finally {
            log.end(run);
        }
    }

    private static Result act(Deed deed, Event event, long id, String key) throws Exception {
        switch (deed) {
            case THROW_ONCE -> {
                if (event.attempt() == 1) {
                    throw new IOException("once, on purpose");
                }
            }
            case THROW -> throw new IOException("each time, on purpose");
            case REFUSE -> {
                return Result.failure("refused, on purpose");
            }
            case MISFIT -> {
                return Result.reply(Publication.of(ChaosSchemas.DONE, Map.of("id", "no number, on purpose"))
                        .key(key));
            }
            case OUT_OF_MEMORY -> {
                long[] tooMuch = new long[Integer.MAX_VALUE - 8];
                return Result.failure("there was room for " + tooMuch.length);
            }
            case HANG -> TimeUnit.HOURS.sleep(1);
            case HANG_DEAF -> hangDeaf();
            default -> TimeUnit.MILLISECONDS.sleep(id % 15);
        }
        return Result.reply(Publication.of(ChaosSchemas.DONE, Map.of("id", id)).key(key));
    }

    @SuppressWarnings("ThreadPriorityCheck") // It is to be as bad as a handler can be.
    private static void hangDeaf() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < DEAF_NANOS) {
            LockSupport.parkNanos(1_000_000);
            if (Thread.interrupted()) {
                Thread.yield();
            }
        }
    }

    /** What cannot be decoded is answered too, so that the ledger sees it: by its place, since nothing else is known. */
    @Override
    public Result givenError(ErrorEvent error) {
        String key = error.orderingKey().orElse("none");
        return Result.reply(
                Publication.of(ChaosSchemas.POISONED, Map.of("partition", error.partition(), "offset", error.offset()))
                        .key(key));
    }
}
