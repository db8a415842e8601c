package io.kaufmann.internal.consume;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An answer as it is written.
 *
 * @param id the event it came of
 * @param isError whether it tells that the event failed
 * @param index which of the answers it is
 * @param count how many answers there are
 * @param assignment the number of the assignment in which it was handled
 */
record SimAnswer(long id, boolean isError, int index, int count, int assignment) {

    static final int LARGEST_RECORD = 1_000;

    /** What can never be written, and where that is found out. */
    enum Flaw {
        NONE,
        TOO_LARGE_TO_BE_KEPT,
        TOO_LARGE_FOR_THE_CLIENT,
        TOO_LARGE_FOR_THE_BROKER,
        FORBIDDEN,
        PERHAPS_GONE
    }

    /** The flaw of an event's replies. */
    static Flaw flaw(long id) {
        return switch ((int) (id % 24)) {
            case 3 -> Flaw.TOO_LARGE_TO_BE_KEPT;
            case 7 -> Flaw.TOO_LARGE_FOR_THE_CLIENT;
            case 11, 12 -> Flaw.TOO_LARGE_FOR_THE_BROKER;
            case 15 -> Flaw.FORBIDDEN;
            case 19, 20 -> Flaw.PERHAPS_GONE;
            default -> Flaw.NONE;
        };
    }

    /** The flaw of this one: error events are always welcome, and of several replies the last one has it. */
    Flaw flaw() {
        return isError || index < count - 1 ? Flaw.NONE : flaw(id);
    }

    /** Whether an event is to have no answer, unless it fails. */
    static boolean isSilent(long id) {
        return id % 20 == 9;
    }

    static int replies(long id) {
        return id % 5 == 2 ? 2 : 1;
    }

    String topic() {
        return switch (flaw()) {
            case FORBIDDEN -> "forbidden";
            case PERHAPS_GONE -> "gone";
            default -> "out";
        };
    }

    byte[] bytes() {
        String text = id + "/" + isError + "/" + index + "/" + count + "/" + assignment + "/";
        return (flaw() == Flaw.TOO_LARGE_TO_BE_KEPT ? text + "x".repeat(LARGEST_RECORD) : text).getBytes(UTF_8);
    }

    static SimAnswer of(byte[] value) {
        String[] parts = new String(value, UTF_8).split("/", -1);
        return new SimAnswer(
                Long.parseLong(parts[0]),
                Boolean.parseBoolean(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]));
    }
}
