package io.kaufmann.exactlyonce;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a kill run is to do.
 *
 * @param name what it is called: the name of its folder and its group
 * @param seed which service is killed, and when, follows from it
 * @param events how many events are answered
 * @param kills how many services are killed
 * @param apart how far the kills are apart at least
 * @param restarts after how many kills the broker restarts, and whether it does so in order; else it is killed
 * @param staticMembers whether each slot has ids of its own, in the group and for its transactions
 * @param settings the services' further settings
 * @param within how long it may take
 */
record Plan(
        String name,
        long seed,
        int events,
        int kills,
        Duration apart,
        Map<Integer, Boolean> restarts,
        boolean staticMembers,
        Map<String, String> settings,
        Duration within) {

    /** How the services are to process; {@code -Dexactlyonce.guarantee=at_least_once} shows what the judge finds then. */
    static final String GUARANTEE = System.getProperty("exactlyonce.guarantee", "exactly_once");

    /** The folder of its files. */
    Path home() {
        return Path.of(System.getProperty("kaufmann.test.basedir", "."), "target", "exactly-once", name)
                .toAbsolutePath();
    }
}
