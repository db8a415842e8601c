package io.kaufmann.cli;

import io.kaufmann.task.RedriveReport;
import io.kaufmann.task.RedriveReport.Sent;
import java.util.List;
import java.util.stream.Stream;

/** Shows people what a redrive did. */
final class RedriveText {

    private RedriveText() {}

    static void show(RedriveReport report, Output output) {
        if (!report.counts().isEmpty()) {
            output.table(
                    List.of("EVENT", "ERROR", "TO", "LETTERS"),
                    report.counts().stream()
                            .map(kind ->
                                    List.of(kind.event(), kind.error(), kind.target(), Output.number(kind.letters())))
                            .toList());
            output.line("");
        }
        if (report.dryRun() && !report.first().isEmpty()) {
            output.line(
                    report.sent() > report.first().size()
                            ? "The first " + report.first().size() + ":"
                            : "These:");
            letters(report.first(), output);
        }
        if (!report.firstExhausted().isEmpty()) {
            output.line("Redriven as often as --max-times allows, and left alone"
                    + (report.exhausted() > report.firstExhausted().size()
                            ? " (the first " + report.firstExhausted().size() + ")"
                            : "")
                    + ":");
            letters(report.firstExhausted(), output);
        }
        output.line(summary(report));
        if (report.stopped()) {
            output.line(
                    "It ended before the end of the topic, by --limit or because it was stopped. The next run goes on"
                            + " there.");
        }
        if (report.dryRun()) {
            output.line("Nothing was sent: this was a dry run.");
        }
    }

    private static void letters(List<Sent> letters, Output output) {
        output.table(
                List.of("LETTER", "SINCE", "EVENT", "KEY", "ERROR", "TO", "TIMES"),
                letters.stream()
                        .map(letter -> List.of(
                                letter.place(),
                                letter.time().toString(),
                                letter.event().orElse("(unknown)"),
                                letter.key().orElse(""),
                                letter.error(),
                                letter.target().orElse(""),
                                Integer.toString(letter.count())))
                        .toList());
        output.line("");
    }

    private static String summary(RedriveReport report) {
        List<String> others = Stream.of(
                        part(report.alreadyRedriven(), "redriven before"),
                        part(report.filteredOut(), "not meant"),
                        part(report.exhausted(), "redriven too often"),
                        part(report.withoutOrigin(), "without an origin (--to sends them)"))
                .filter(part -> !part.isEmpty())
                .toList();
        return Output.number(report.read()) + " letters in " + report.from() + ": "
                + Output.number(report.sent()) + (report.dryRun() ? " to send" : " sent")
                + (others.isEmpty() ? "" : ", " + String.join(", ", others)) + ".";
    }

    private static String part(long letters, String what) {
        return letters == 0 ? "" : Output.number(letters) + " " + what;
    }
}
