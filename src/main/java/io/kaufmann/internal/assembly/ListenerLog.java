package io.kaufmann.internal.assembly;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what a listener threw. The error is the user's as well, and may fail to print itself. Thread-safe. */
final class ListenerLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.kaufmann.telemetry");

    private ListenerLog() {}

    /** Logs this text with the error, or with its class when it cannot be printed. */
    static void warn(String text, Throwable error) {
        try {
            LOG.warn("{}", text, error);
        } catch (Throwable e) {
            // Its own methods throw.
            LOG.warn("{}: {}, which cannot be printed", text, error.getClass().getName());
        }
    }
}
