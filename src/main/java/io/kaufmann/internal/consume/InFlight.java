package io.kaufmann.internal.consume;

import io.kaufmann.internal.handoff.Delivery;

/** How many events, and how many bytes of them, a consumer loop has handed out, against its limits. Consumer thread only. */
final class InFlight {

    private final int maxEvents;
    private final long maxBytes;
    private int events;
    private long bytes;

    InFlight(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    boolean hasRoom() {
        return events < maxEvents && bytes < maxBytes;
    }

    void add(Delivery delivery) {
        events++;
        bytes += delivery.bytes();
    }

    void remove(Delivery delivery) {
        events--;
        bytes -= delivery.bytes();
    }
}
