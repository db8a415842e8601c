package io.kaufmann.quickstart;

import static io.kaufmann.quickstart.Channel.ANSWERS;
import static io.kaufmann.quickstart.Channel.EVENTS;

import java.util.List;

/** What the quickstart sends: how many of a thousand, under which name, and what the service then owes. */
enum Scenario {
    ORDER(520, "command.order.place", "", Owed.reply("event.order.placed", EVENTS)),
    CANCEL(
            120,
            "command.order.cancel",
            "",
            Owed.reply("event.order.cancelled", EVENTS),
            Owed.reply("event.order.cancelled", ANSWERS)),
    QUERY(150, "query.req.order.status", "", Owed.reply("query.res.order.status", ANSWERS)),
    /** Handled, and nothing is answered. */
    PAYMENT(30, "event.payment.received", ""),
    /** More pieces than the shop sells at once; the sender asked for an answer. */
    TOO_MANY(
            30,
            "command.order.place",
            "too_many_pieces",
            Owed.error(Kind.REFUSED, "command.order.place", EVENTS),
            Owed.error(Kind.REFUSED, "command.order.place", ANSWERS)),
    NO_SUCH_ITEM(
            30,
            "command.order.place",
            "the shop has no unicorn",
            Owed.error(Kind.THREW, "command.order.place", EVENTS)),
    QUOTE(20, "command.order.quote", "total_cents", Owed.error(Kind.UNPUBLISHABLE, "command.order.quote", EVENTS)),
    TRUNCATED(10, "command.order.place", "", Owed.error(Kind.UNDECODABLE, "command.order.place", EVENTS)),
    UNKNOWN_SCHEMA(
            10, "command.order.place", "2147480000", Owed.error(Kind.UNDECODABLE, "command.order.place", EVENTS)),
    GARBAGE(10, "command.order.place", "magic byte", Owed.error(Kind.UNDECODABLE, "command.order.place", EVENTS)),
    NO_VALUE(5, "command.order.place", "tombstone", Owed.error(Kind.UNDECODABLE, "command.order.place", EVENTS)),
    NO_KEY(5, "", "has no key", Owed.error(Kind.UNDECODABLE, "unknown", EVENTS)),
    /** Nobody handles it. */
    STOCK(60, "event.stock.counted", "");

    private final int share;
    private final String event;
    private final String evidence;
    // An unmodifiable list of records.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Owed> owed;

    Scenario(int share, String event, String evidence, Owed... owed) {
        this.share = share;
        this.event = event;
        this.evidence = evidence;
        this.owed = List.of(owed);
    }

    /** How many of a thousand events are such. */
    int share() {
        return share;
    }

    /** The event's name without its ordering key; empty for one without a name. */
    String event() {
        return event;
    }

    /** What the error of its error events must contain. */
    String evidence() {
        return evidence;
    }

    /** The answers that must be read. */
    List<Owed> owed() {
        return owed;
    }

    /** Whether one of its answers is of this kind. */
    boolean owes(Kind kind) {
        return owed.stream().anyMatch(answer -> answer.kind() == kind);
    }

    /** Whether its sender awaits an answer on the callback topic. */
    boolean asksForCallback() {
        return owed.stream().anyMatch(answer -> answer.channel() == ANSWERS);
    }
}
