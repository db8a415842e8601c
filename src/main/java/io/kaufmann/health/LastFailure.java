package io.kaufmann.health;

import java.time.Instant;

/**
 * An event that failed of late. It tells neither the event's payload nor the error's own words, which may repeat it: those are in the
 * log. Immutable.
 *
 * @param at when
 * @param event the event and its place, escaped and cut: {@code order.placed from orders-3@1042}
 * @param error the error's class; {@code the handler said so} for one that a handler returned
 * @param consequence what became of the event
 */
public record LastFailure(Instant at, String event, String error, String consequence) {}
