package io.kaufmann;

/** How often one needs a setting. */
enum Grade {
    /** Each service states it: there is no default. */
    ESSENTIAL,
    /** Has a default that fits, yet many services state their own. */
    FREQUENT,
    /** For the few that know why. */
    RARE
}
