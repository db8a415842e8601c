package io.kaufmann.fuzz;

/**
 * What Jazzer calls, in a JVM of its own for each target. By its own conventions its methods are static and have these
 * names.
 */
public final class FuzzEntry {

    /** The system property that names the target's class. */
    static final String TARGET = "kaufmann.fuzz.target";

    // Jazzer's thread only.
    private static Guard guard;

    private FuzzEntry() {}

    /** Makes the target, before the first input. */
    public static void fuzzerInitialize() throws ReflectiveOperationException {
        guard = new Guard(FuzzTargets.target(System.getProperty(TARGET)));
    }

    /** Takes one input. */
    public static void fuzzerTestOneInput(byte[] input) throws Throwable {
        guard.give(input);
    }

    /** Tells what was done, after the last input. */
    public static void fuzzerTearDown() {
        System.err.println(guard.tally());
    }
}
