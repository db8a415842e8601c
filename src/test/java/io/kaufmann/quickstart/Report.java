package io.kaufmann.quickstart;

import java.util.stream.Stream;

/** Shows a person what came of it: a few answers, the account as a table, and the verdict. */
final class Report {

    private static final int MOST_SHOWN = 10;
    private static final int INDENT = 13;

    private final Screen screen;
    private final Account account;
    private final Timing timing;

    Report(Screen screen, Account account) {
        this.screen = screen;
        this.account = account;
        this.timing = Timing.of(account);
    }

    void print() {
        screen.gap();
        example("A reply", Scenario.ORDER);
        example("A reply to a query, on the callback topic", Scenario.QUERY);
        example("An error event: the handler threw an exception", Scenario.NO_SUCH_ITEM);
        example("An error event: nothing of the record can be decoded, its meta neither", Scenario.UNKNOWN_SCHEMA);
        events();
        bookkeeping();
        speed();
        verdict();
    }

    private void example(String title, Scenario scenario) {
        account.example(scenario).ifPresent(answer -> {
            screen.line("  %s", title);
            screen.line("    event    %s", answer.key());
            screen.line("    meta     %s", answer.meta() == null ? "none" : Wrapped.fields(answer.meta(), INDENT));
            screen.line("    payload  %s", Wrapped.fields(answer.payload(), INDENT));
            screen.gap();
        });
    }

    private void events() {
        long replied = account.answered(Kind.REPLY);
        long silent = account.answered(Scenario.PAYMENT);
        long refused = account.answered(Kind.REFUSED);
        long threw = account.answered(Kind.THREW);
        long unwritable = account.answered(Kind.UNPUBLISHABLE);
        row("sent", account.entries().size(), "by a plain producer");
        row("handled", replied + silent + refused + threw + unwritable, "by the sample service:");
        row("  replied", replied, "%,d replies: those to cancellations go to two topics", account.read(Kind.REPLY));
        row("  no reply", silent, "the handler has nothing to answer");
        row("  failed", refused, "it returns a failure: error events, to the callback topic too");
        row("  threw", threw, "it throws an exception: an error event each");
        row("  unwritable", unwritable, "its reply does not fit the schema: an error event each");
        row(
                "undecodable",
                account.answered(Kind.UNDECODABLE),
                "%d truncated, %d of an unknown schema, %d garbage, %d without value,",
                account.answered(Scenario.TRUNCATED),
                account.answered(Scenario.UNKNOWN_SCHEMA),
                account.answered(Scenario.GARBAGE),
                account.answered(Scenario.NO_VALUE));
        screen.line("%26s%d without key: an error event each", "", account.answered(Scenario.NO_KEY));
        row("skipped", account.answered(Scenario.STOCK), "nobody handles them: passed over undecoded");
    }

    private void bookkeeping() {
        row(
                "committed",
                account.offsets().total(),
                "offsets of the group: %s the end of the log",
                account.offsets().areAtEnd() ? "at" : "short of");
        row("duplicates", account.duplicates(), "answers read twice, which at-least-once delivery allows");
        row("unexpected", account.unexpected().size(), "answers that nothing asked for");
        row("lost", account.lost().size(), "events that miss an answer or whose offset is not committed");
        screen.gap();
    }

    private void speed() {
        row(
                "events/s",
                Math.round(timing.perSecond()),
                "%,d sent at once to a cold JVM, until the last answer was read",
                timing.burst());
        latency("p50", timing.p50Millis(), "from sending an event until its reply was read,");
        latency(
                "p99",
                timing.p99Millis(),
                "%,d replies at a steady %d events a second".formatted(timing.replies(), QuickstartRun.PER_SECOND));
        screen.gap();
    }

    private void row(String name, long figure, String words, Object... values) {
        screen.line(
                "  %-12s %,8d   " + words,
                Stream.concat(Stream.of(name, figure), Stream.of(values)).toArray());
    }

    private void latency(String name, double millis, String words) {
        screen.line("  %-12s %,5.1f ms   %s", name, millis, words);
    }

    private void verdict() {
        if (account.isComplete()) {
            screen.line(
                    "  All %,d events are accounted for, each by its id. Nothing is lost.",
                    account.entries().size());
            return;
        }
        screen.line(
                "  NOT ACCOUNTED FOR: %,d events are lost, %,d answers unexpected, %,d offsets committed. The first:",
                account.lost().size(),
                account.unexpected().size(),
                account.offsets().total());
        account.lost().stream().limit(MOST_SHOWN).forEach(event -> screen.line("    %s", event));
        account.unexpected().stream().limit(MOST_SHOWN).forEach(answer -> screen.line("    unexpected: %s", answer));
    }
}
