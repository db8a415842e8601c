package io.kaufmann.codec.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.EventName;

/** What a payload must be, besides JSON. Thread-safe. */
interface PayloadCheck {

    /** No check. */
    PayloadCheck NONE = new PayloadCheck() {
        @Override
        public boolean concerns(EventName event) {
            return false;
        }

        @Override
        public void check(EventName event, JsonNode payload) {}

        @Override
        public String toString() {
            return "none";
        }
    };

    /** Whether payloads of this event are checked at all. */
    boolean concerns(EventName event);

    /**
     * Checks a payload of an event that it concerns.
     *
     * @throws TranscodeException when the payload is not what it must be; the message names path and rule
     */
    void check(EventName event, JsonNode payload);
}
