package io.kaufmann;

/** What kind of threads handle events. Whichever it is, there is a fixed number of them, {@code max.demand}. */
public enum Workers {
    /** Threads of the operating system: for handlers that compute, or wait for little at once. */
    PLATFORM,
    /**
     * Virtual threads, by the ten thousand: for handlers that wait for others most of their time. They need Java 21; before Java 24,
     * a handler that waits within {@code synchronized} holds one of the few threads that all of them run on.
     */
    VIRTUAL
}
