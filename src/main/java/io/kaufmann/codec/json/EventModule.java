package io.kaufmann.codec.json;

import com.fasterxml.jackson.databind.module.SimpleModule;

/** How the values of events are written that Jackson does not know. */
final class EventModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    EventModule() {
        super("kaufmann");
    }
}
