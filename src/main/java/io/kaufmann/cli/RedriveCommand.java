package io.kaufmann.cli;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.task.Redrive;
import io.kaufmann.task.RedriveBuilder;
import io.kaufmann.task.RedriveReport;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code redrive}: {@link Redrive} on the command line. */
@Command(
        name = "redrive",
        description = "Sends dead letters back to where they came from.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  What would be sent, and nothing more:",
            "    kaufmann redrive -c orders.properties --dry-run",
            "  All orders that failed in the last two hours because of a time-out, 50 a second:",
            "    kaufmann redrive -c orders.properties --event 'order.*' --error Timeout --since 2h --rate 50",
            "  Ten of them to a topic where they can be looked at:",
            "    kaufmann redrive -c orders.properties --to orders.inspect --limit 10",
            "",
            "What was sent is remembered, by the commits of the consumer group that --remember-as names, so that the next run"
                    + " sends the others. The letters stay where they are."
        })
final class RedriveCommand extends TaskCommand {

    @Option(
            names = "--from",
            paramLabel = "TOPIC",
            description = "The dead-letter topic; by default kaufmann.dead.letter.topic.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TOPIC", description = "One topic for all letters, instead of each one's own.")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--event",
            paramLabel = "NAME",
            description = "Only letters of this event, or of those that begin so: 'order.*'.")
    private Optional<String> event = Optional.empty();

    @Option(
            names = "--error",
            paramLabel = "TEXT",
            description = "Only letters with this text in the exception's class or message.")
    private Optional<String> error = Optional.empty();

    @Option(names = "--key", paramLabel = "KEY", description = "Only letters of this ordering key.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = PastTime.class,
            description = "Only letters from this time on: 2026-01-31T12:00:00Z, or 2h ago.")
    private Optional<Instant> since = Optional.empty();

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = PastTime.class,
            description = "Only letters from before this time.")
    private Optional<Instant> until = Optional.empty();

    @Option(names = "--any-group", description = "Letters of other consumer groups too.")
    private boolean anyGroup;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many letters.")
    private Optional<Long> limit = Optional.empty();

    @Option(names = "--rate", paramLabel = "N", description = "At most so many letters a second.")
    private Optional<Integer> rate = Optional.empty();

    @Option(
            names = "--max-times",
            paramLabel = "N",
            defaultValue = "3",
            description = "Leaves alone what was redriven so often; ${DEFAULT-VALUE} by default.")
    private int maxTimes;

    @Option(
            names = "--remember-as",
            paramLabel = "GROUP",
            description = "The consumer group whose commits tell what was sent; by default TOPIC.redrive.")
    private Optional<String> rememberedBy = Optional.empty();

    @Option(
            names = "--new-time",
            description = "Sends with the time of now: for events older than their topic keeps records.")
    private boolean newTime;

    @Option(names = "--again", description = "Sends what was sent already, too.")
    private boolean again;

    @Option(names = "--dry-run", description = "Shows what would be sent, and sends nothing.")
    private boolean dryRun;

    @Override
    int run(KaufmannConfig config, Output output) {
        require("kaufmann.bootstrap.servers");
        if (!anyGroup) {
            require("kaufmann.consumer.group");
        }
        Redrive redrive = task(config);
        StopInOrder stop = new StopInOrder(redrive::stop);
        try {
            RedriveReport report = dryRun ? redrive.dryRun() : redrive.run();
            if (output.isJson()) {
                output.json(report);
            } else {
                RedriveText.show(report, output);
            }
            report.warnings().forEach(output::warn);
            report.failure().ifPresent(output::error);
            return report.failure().isPresent() ? NOT_WELL : WELL;
        } finally {
            stop.close();
        }
    }

    private Redrive task(KaufmannConfig config) {
        RedriveBuilder task = Redrive.of(config);
        try {
            from.ifPresent(task::from);
            to.ifPresent(task::to);
            event.ifPresent(task::event);
            error.ifPresent(task::error);
            key.ifPresent(task::key);
            since.ifPresent(task::since);
            until.ifPresent(task::until);
            limit.ifPresent(task::limit);
            rate.ifPresent(task::rate);
            rememberedBy.ifPresent(task::rememberedBy);
            task.maxTimes(maxTimes);
        } catch (IllegalArgumentException e) {
            throw misuse("--" + e.getMessage());
        }
        if (newTime) {
            task.newTime();
        }
        if (anyGroup) {
            task.anyGroup();
        }
        return (again ? task.again() : task).build();
    }
}
