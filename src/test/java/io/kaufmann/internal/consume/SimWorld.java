package io.kaufmann.internal.consume;

import java.util.Optional;
import java.util.Random;

/**
 * What all processes of a schedule share.
 *
 * @param group the broker
 * @param transactions its coordinator of transactions; empty where offsets are committed alone
 * @param clock tells the time
 * @param random decides
 * @param met notes what was met
 * @param elsewhere has something happen elsewhere, while a call waits for the broker
 */
record SimWorld(
        SimGroup group,
        Optional<SimTransactions> transactions,
        SimClock clock,
        Random random,
        SimMeetings met,
        Runnable elsewhere) {}
