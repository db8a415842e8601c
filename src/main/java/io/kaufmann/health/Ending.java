package io.kaufmann.health;

/** How an event that was handed to a worker ended. */
public enum Ending {
    /** Its handler took it, and all its answers are acknowledged. */
    HANDLED,
    /** It failed for good: an error event tells of it, or only the log where none may. */
    FAILED,
    /** It failed for good and is kept in the dead letters. */
    DEAD_LETTERED,
    /** It was put beside an earlier one of its key in the dead letters, without being handled. */
    PARKED,
    /** Its name, which only its value told, is none that the handler accepts. */
    IGNORED,
    /** Its partition was given to another owner first, who handles it again. */
    DROPPED
}
