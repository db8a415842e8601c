package io.kaufmann.internal.work;

import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Outbox.Cause;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/**
 * Puts an event into the context that log lines of this thread carry (SLF4J's MDC), and afterwards puts the context back as it was:
 * what a handler has added of its own goes as well, so that the next event's lines have none of it. For one thread.
 */
final class LogContext {

    private static final String EVENT = "kaufmann.event";
    private static final String MESSAGE_ID = "kaufmann.message_id";
    private static final String RECORD = "kaufmann.record";

    private static final Logger LOG = LoggerFactory.getLogger(LogContext.class);
    private static final Map<String, String> EMPTY = Map.of();
    // Where no logger has such a context.
    private static final LogContext NONE = new LogContext(EMPTY);

    // Empty most often: workers' threads have nothing in it.
    private final Map<String, String> before;

    private LogContext(Map<String, String> before) {
        this.before = before;
    }

    /** Puts the event in. */
    static LogContext enter(Delivery delivery, Cause cause) {
        if (MDC.getMDCAdapter() instanceof NOPMDCAdapter) {
            return NONE;
        }
        Map<String, String> before = EMPTY;
        try {
            Map<String, String> present = MDC.getCopyOfContextMap();
            before = present == null ? EMPTY : present;
            put(delivery, cause);
        } catch (Throwable e) {
            // Memory may be short. What log lines say more is never worth an event.
            return new LogContext(before);
        }
        return new LogContext(before);
    }

    private static void put(Delivery delivery, Cause cause) {
        Optional<EventName> name = delivery.name();
        if (name.isPresent()) {
            MDC.put(EVENT, EventName.printable(name.get().base()));
        }
        Optional<String> id = cause.meta().flatMap(Meta::messageId);
        if (id.isPresent()) {
            MDC.put(MESSAGE_ID, EventName.printable(id.get()));
        }
        ConsumerRecord<?, ?> record = delivery.record();
        MDC.put(RECORD, record.topic() + '-' + record.partition() + '@' + record.offset());
    }

    /** Puts the context back as it was. */
    void leave() {
        if (this == NONE) {
            return;
        }
        try {
            if (before.isEmpty()) {
                MDC.clear();
            } else {
                MDC.setContextMap(before);
            }
        } catch (Throwable e) {
            // As above: what the handler has answered counts.
            LOG.debug("The log's context was not put back", e);
        }
    }
}
