package io.kaufmann.schema;

import java.util.List;

/**
 * A registry's answer to whether a schema may follow those that are there.
 *
 * @param compatible whether it may
 * @param messages the registry's own explanations when it may not; may be empty, since not every registry gives any
 */
public record Compatibility(boolean compatible, List<String> messages) {

    /** Copies the messages. */
    public Compatibility {
        messages = List.copyOf(messages);
    }
}
