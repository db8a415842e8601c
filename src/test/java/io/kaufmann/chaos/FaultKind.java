package io.kaufmann.chaos;

/** What is done to a running service. */
enum FaultKind {
    KILL_SERVICE,
    RESTART_SERVICE,
    FREEZE_SERVICE,
    KILL_BROKER,
    ROLLING_RESTART,
    REBALANCE_STORM,
    REGISTRY_DOWN,
    REGISTRY_500,
    CUT_CONNECTIONS,
    SLOW_CONNECTIONS,
    NO_CONNECTIONS
}
