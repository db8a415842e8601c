package io.kaufmann.cli;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.cli.Output.Colour;
import io.kaufmann.task.ReinitService;
import io.kaufmann.task.ReplayPlan;
import io.kaufmann.task.ReplayPosition;
import io.kaufmann.task.ReplayReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code reinit-service}. */
@Command(
        name = "reinit-service",
        description = {
            "Replays a service's history: its handler is given the events of its topics once more, and what it answers is not"
                    + " published. Run it on the application's own class path, with the service stopped.",
            "Stopped in the midst (Ctrl-C, SIGTERM), it finishes what runs, commits, and can be resumed."
        },
        footer = {
            "",
            "Examples:",
            "  What would a replay up to where the service had come do?",
            "    java -cp 'app.jar:lib/*' io.kaufmann.cli.Main reinit-service \\",
            "        -c app.properties --to committed --dry-run",
            "  This morning's events, and one partition's from further back:",
            "    ... reinit-service -c app.properties \\",
            "        --from 2026-11-29T06:00:00Z --from orders:3=120000",
            "  Go on after a stop:",
            "    ... reinit-service -c app.properties --resume",
            "",
            "PLACE is earliest, newest, committed, an offset, or a time with its zone.",
            "TOPIC:PARTITION=PLACE is for one partition."
        })
final class ReinitServiceCommand extends TaskCommand {

    @Option(names = "--from", paramLabel = "PLACE", description = "Where to begin; earliest unless given.")
    private List<String> from = List.of();

    @Option(
            names = "--to",
            paramLabel = "PLACE",
            description = "Where to end: before this; newest at start unless given.")
    private List<String> to = List.of();

    @Option(names = "--resume", description = "Goes on where a replay stopped, to where that was to end.")
    private boolean resume;

    @Option(names = "--publish", description = "Publishes what the handler answers.")
    private boolean publish;

    @Option(
            names = "--muted-to",
            paramLabel = "FILE",
            description = "Writes what is not published to a file, as JSON lines.")
    private Path mutedTo;

    @Option(names = "--dry-run", description = "Shows what it would do, and does nothing.")
    private boolean dryRun;

    @Override
    int run(KaufmannConfig config, Output output) throws InterruptedException {
        require("kaufmann.bootstrap.servers", "kaufmann.consumer.group", "kaufmann.default.topic");
        ReinitService replay = replay(config);
        if (dryRun) {
            show(replay.plan(), output);
            return WELL;
        }
        require("kaufmann.event.handler", "kaufmann.service.name");
        requireRegistryIfNeeded();
        return run(replay, output);
    }

    private ReinitService replay(KaufmannConfig config) {
        if (resume && !(from.isEmpty() && to.isEmpty())) {
            throw misuse(
                    "--resume goes on to where the replay was to end: leave --from and --to out, or begin anew without it");
        }
        if (publish && mutedTo != null) {
            throw misuse("--muted-to is for what is not published: leave it out, or --publish");
        }
        ReinitService replay = ReinitService.of(config);
        Places.of(this, from).apply(replay::from, replay::from);
        Places.of(this, to).apply(replay::to, replay::to);
        if (resume) {
            replay.resume();
        }
        if (publish) {
            replay.publish();
        }
        if (mutedTo != null) {
            replay.mutedTo(mutedTo);
        }
        return replay;
    }

    /** What --from and --to say. */
    private record Places(List<ReplayPosition> all, Map<String, ReplayPosition> one) {

        interface ForAll {
            ReinitService at(ReplayPosition position);
        }

        interface ForOne {
            ReinitService at(String topic, int partition, ReplayPosition position);
        }

        static Places of(TaskCommand command, List<String> texts) {
            List<ReplayPosition> all = new ArrayList<>();
            Map<String, ReplayPosition> one = new TreeMap<>();
            for (String text : texts) {
                int equals = text.indexOf('=');
                try {
                    if (equals < 0) {
                        all.add(ReplayPosition.parse(text));
                    } else {
                        one.put(text.substring(0, equals), ReplayPosition.parse(text.substring(equals + 1)));
                    }
                } catch (IllegalArgumentException e) {
                    throw command.misuse(e.getMessage());
                }
            }
            if (all.size() > 1) {
                throw command.misuse("More than one place for all partitions: " + all
                        + ". Say TOPIC:PARTITION=PLACE for one of them");
            }
            one.keySet().stream()
                    .filter(key -> !key.matches(".+:\\d{1,9}"))
                    .findFirst()
                    .ifPresent(key -> {
                        throw command.misuse(
                                "'" + key + "' is no partition. Write TOPIC:PARTITION=PLACE, such as orders:3=1200");
                    });
            return new Places(all, one);
        }

        void apply(ForAll forAll, ForOne forOne) {
            all.forEach(forAll::at);
            one.forEach((key, position) -> {
                int colon = key.lastIndexOf(':');
                forOne.at(key.substring(0, colon), Integer.parseInt(key.substring(colon + 1)), position);
            });
        }
    }

    private static int run(ReinitService replay, Output output) throws InterruptedException {
        ReplayBar bar = new ReplayBar(output);
        StopInOrder signals = new StopInOrder(replay::stop);
        try {
            ReplayReport report = replay.run(bar::show);
            bar.end();
            show(report, output);
            return report.complete() && report.failed() == 0 ? WELL : NOT_WELL;
        } finally {
            bar.end();
            signals.close();
        }
    }

    private static void show(ReplayPlan plan, Output output) {
        if (output.isJson()) {
            output.json(plan);
            return;
        }
        output.line((plan.resumed() ? "Would go on with the replay of group " : "Would replay group ") + plan.group()
                + ":");
        output.table(
                List.of("PARTITION", "FROM", "TO", "EVENTS", "OLDEST", "END", "COMMITTED", "NOTE"),
                plan.partitions().stream()
                        .map(partition -> List.of(
                                partition.toString(),
                                Long.toString(partition.from()),
                                Long.toString(partition.to()),
                                Output.number(partition.events()),
                                Long.toString(partition.beginning()),
                                Long.toString(partition.end()),
                                partition.committed().isPresent()
                                        ? Long.toString(partition.committed().getAsLong())
                                        : "-",
                                partition.note()))
                        .toList());
        output.line(Output.number(plan.events()) + " events in all. Nothing was done.");
    }

    private static void show(ReplayReport report, Output output) {
        if (output.isJson()) {
            output.json(report);
            return;
        }
        long all = report.plan().events();
        String took = ReplayBar.words(report.took());
        if (report.complete()) {
            output.line(output.coloured(Colour.GREEN, "Replayed ") + Output.number(all) + " events of group "
                    + report.plan().group() + " in " + took + ". Its commits are at the target.");
        } else {
            output.line(output.coloured(Colour.YELLOW, "Stopped ") + "after " + Output.number(report.done()) + " of "
                    + Output.number(all) + " events, in " + took + ". What is done is committed. Go on with --resume.");
        }
        if (report.failed() > 0) {
            output.warn(Output.number(report.failed())
                    + " events failed, as the log tells: what the handler built lacks them.");
        }
        if (!report.muted().isEmpty()) {
            output.line("Not published:");
            output.table(
                    List.of("EVENT", "COUNT"),
                    new TreeMap<>(report.muted())
                            .entrySet().stream()
                                    .map(entry -> List.of(entry.getKey(), Output.number(entry.getValue())))
                                    .toList());
        }
    }
}
