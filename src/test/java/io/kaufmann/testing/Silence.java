package io.kaufmann.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Switches loggers off until it is closed: for tests that provoke what is loud by right. */
public final class Silence implements AutoCloseable {

    private final Map<Logger, Level> before = new HashMap<>();

    private Silence() {}

    /** Switches these loggers off, and those below them that have no level of their own. */
    public static Silence of(String... loggers) {
        Silence silence = new Silence();
        for (String name : loggers) {
            Logger logger = (Logger) LoggerFactory.getLogger(name);
            silence.before.put(logger, logger.getLevel());
            logger.setLevel(Level.OFF);
        }
        return silence;
    }

    @Override
    public void close() {
        before.forEach(Logger::setLevel);
    }
}
