package io.kaufmann.internal.work;

/** Asks the schema registry for something that it has answered before. May block for a request's time. Thread-safe. */
@FunctionalInterface
public interface RegistryProbe {

    /** Whether it answers. */
    boolean isAnswering();
}
