package io.kaufmann.exactlyonce;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventNames;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.Target;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service that is killed: a process that answers each event by one reply, which tells what it answers. */
final class ReplyService implements EventHandler {

    static final String ASKED = "command.number.ask";
    static final String TOLD = "event.number.told";
    static final String REPLIES = "replies";

    private final String process;

    private ReplyService(String process) {
        this.process = process;
    }

    /** With the file of its settings, and its process's name. */
    public static void main(String[] args) {
        Kaufmann.start(KaufmannConfig.builder()
                .file(Path.of(args[0]))
                .eventHandler(new ReplyService(args[1]))
                .build());
    }

    @Override
    public EventNames handledEvents() {
        return EventNames.of(ASKED);
    }

    /** Takes a little time, and not always the same, so that later events are finished before earlier ones. */
    @Override
    public Result givenEvent(Event event) throws InterruptedException {
        long id = event.payload().integer("id");
        TimeUnit.MILLISECONDS.sleep(id * 7 % 5);
        // Into the partition of its cause's number: there the replies have an order.
        return Result.reply(Publication.of(TOLD, Map.of("id", id))
                .to(Target.topic(REPLIES, event.partition()))
                .header(Reply.CAUSE, new Place(event.partition(), event.offset()).toString())
                .header(Reply.PROCESS, process)
                .header(Reply.HANDLED, Long.toString(System.nanoTime())));
    }
}
