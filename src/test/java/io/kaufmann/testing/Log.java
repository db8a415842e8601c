package io.kaufmann.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a logger says while this is open. */
public final class Log extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    private final Level levelBefore;

    private Log(Logger logger) {
        this.logger = logger;
        this.levelBefore = logger.getLevel();
    }

    /** What it says at DEBUG too. */
    public static Log debug(String name) {
        Log log = of(name);
        log.logger.setLevel(Level.DEBUG);
        return log;
    }

    public static Log of(String name) {
        Log log = new Log((Logger) LoggerFactory.getLogger(name));
        log.setContext(log.logger.getLoggerContext());
        log.start();
        log.logger.addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        lines.add(event.getFormattedMessage());
        events.add(event);
    }

    /** What it has said so far. */
    public List<String> lines() {
        return lines;
    }

    /** What it has said so far, whole. */
    public List<ILoggingEvent> events() {
        return events;
    }

    /** The context (MDC) of each line that has this text. */
    public List<Map<String, String>> contexts(String text) {
        return events.stream()
                .filter(event -> event.getFormattedMessage().contains(text))
                .map(ILoggingEvent::getMDCPropertyMap)
                .toList();
    }

    /** Whether a line has this text. */
    public boolean has(String text) {
        return count(text) > 0;
    }

    /** How many lines have this text. */
    public long count(String text) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(levelBefore);
        stop();
    }
}
