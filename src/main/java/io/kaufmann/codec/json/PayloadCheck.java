package io.kaufmann.codec.json;

import io.kaufmann.event.EventName;
import java.nio.file.Path;
import java.util.List;

/** What a payload must be, besides JSON. Thread-safe. */
interface PayloadCheck {

    /** No check. */
    PayloadCheck NONE = new PayloadCheck() {
        @Override
        public void decoded(EventName event, Object payload) {}

        @Override
        public void encoded(EventName event, Object payload) {}

        @Override
        public String toString() {
            return "";
        }
    };

    void decoded(EventName event, Object payload);

    void encoded(EventName event, Object payload);

    static PayloadCheck against(List<Path> folders, JsonWriter writer) {
        throw new UnsupportedOperationException("JSON Schemas");
    }
}
