package io.kaufmann.internal.consume;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which rare states schedules have come through: those that none comes through are not tested. For one thread. */
final class SimMeetings {

    /** What is rare and matters. */
    enum Meeting {
        INIT_TIMED_OUT_BEFORE,
        INIT_TIMED_OUT_AFTER,
        INIT_ENDED_WHAT_WAS_OPEN,
        RECORD_TIMED_OUT,
        RECORD_TOO_LARGE_BY_BROKER,
        RECORD_TOO_LARGE_BY_CLIENT,
        RECORD_BLAMED_FOR_ANOTHER,
        TOPIC_FORBIDDEN,
        TOPIC_GONE_SINCE_IT_WAS_KEPT,
        OFFSETS_TIMED_OUT_BEFORE,
        OFFSETS_TIMED_OUT_AFTER,
        OFFSETS_OF_AN_OLD_EPOCH,
        OFFSETS_OF_NO_MEMBER,
        OFFSETS_UNSTABLE_FOR_THE_NEXT_OWNER,
        COMMIT_TIMED_OUT_BEFORE,
        COMMIT_TIMED_OUT_AFTER,
        COMMIT_ARRIVED_WHILE_NOBODY_ASKED,
        COMMIT_FOUND_A_FAILED_RECORD,
        ABORT_TIMED_OUT_BEFORE,
        ABORT_TIMED_OUT_AFTER,
        FENCED_WHILE_SENDING,
        FENCED_AT_OFFSETS,
        FENCED_WHILE_COMMITTING,
        FENCED_AFTER_IT_WAS_COMMITTED,
        FENCED_WHILE_ABORTING,
        TRANSACTION_TIMED_OUT,
        REVOKED_WHILE_UNDECIDED,
        REVOKED_WHILE_ON_ITS_WAY,
        LOST_WHILE_UNDECIDED,
        LOST_WHILE_ON_ITS_WAY,
        SHUT_OUT_WHILE_REVOKED,
        REFUSED_WHILE_DRAINING,
        DIED_IN_A_TRANSACTION,
        DIED_WHILE_UNDECIDED,
        STOPPED_WHILE_UNDECIDED,
        STOPPED_WITHOUT_TROUBLE,
        ENDED_AS_AN_ERROR_EVENT
    }

    private final Map<Meeting, Long> counts = new EnumMap<>(Meeting.class);

    void note(Meeting meeting) {
        counts.merge(meeting, 1L, Long::sum);
    }

    /** Those that have not been met. */
    Set<Meeting> missing() {
        Set<Meeting> missing = EnumSet.allOf(Meeting.class);
        missing.removeAll(counts.keySet());
        return missing;
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
