package io.kaufmann.testing;

/**
 * An environment of one test's own, whose broker and registry can go down and come back at the same addresses, with all
 * they held. Every method returns when it is so, and does nothing when it is so already.
 */
public interface StoppableEnvironment extends TestEnvironment {

    /** Shuts the broker down. */
    void stopBroker();

    /** Starts the broker again. */
    void startBroker();

    /** Makes the registry refuse connections. */
    void stopRegistry();

    /** Makes the registry listen again. */
    void startRegistry();
}
