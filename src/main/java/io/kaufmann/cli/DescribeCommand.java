package io.kaufmann.cli;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.cli.Output.Colour;
import io.kaufmann.task.DescribeGroup;
import io.kaufmann.task.GroupReport;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code describe}: {@link DescribeGroup} on the command line. */
@Command(
        name = "describe",
        description = "Shows a service's consumer group: its members, and how far it is in each partition.",
        footerHeading = "%nExamples:%n",
        footer = {
            "    kaufmann describe -c orders.properties",
            "    kaufmann describe --bootstrap-servers localhost:9092 --group orders --topic orders --json",
            "",
            "BEYOND tells how many offsets after the committed one are finished already: they wait for the one at which the"
                    + " commit stands. PARKED tells how many ordering keys have their events go to the dead letters."
        })
final class DescribeCommand extends TaskCommand {

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            split = ",",
            description = "Only these topics; by default those that the group has read and the service reads.")
    private List<String> topics = List.of();

    @Override
    int run(KaufmannConfig config, Output output) {
        require("kaufmann.bootstrap.servers", "kaufmann.consumer.group");
        DescribeGroup task = DescribeGroup.of(config);
        if (!topics.isEmpty()) {
            task = task.topics(topics);
        } else if (!isGiven("kaufmann.default.topic")) {
            task = task.knownToTheGroup();
        }
        GroupReport report = task.run();
        if (output.isJson()) {
            output.json(report);
        } else {
            show(report, output);
        }
        return WELL;
    }

    private static void show(GroupReport report, Output output) {
        output.line("Group " + output.coloured(Colour.BOLD, report.group()) + ": " + report.state() + " ("
                + report.protocol() + "), " + counted(report.members().size(), "member") + ".");
        output.line("");
        if (!report.members().isEmpty()) {
            output.table(
                    List.of("MEMBER", "HOST", "PARTITIONS"),
                    report.members().stream()
                            .map(member ->
                                    List.of(member.clientId(), member.host(), Integer.toString(member.partitions())))
                            .toList());
            output.line("");
        }
        output.table(
                List.of("TOPIC", "PARTITION", "COMMITTED", "END", "LAG", "BEYOND", "PARKED", "MEMBER"),
                report.partitions().stream().map(DescribeCommand::cells).toList());
        output.line("");
        output.line("Lag: " + Output.number(report.totalLag()) + " in "
                + counted(report.partitions().size(), "partition") + ".");
        report.partitions().stream()
                .filter(partition -> partition.replayUntil().isPresent())
                .forEach(partition -> output.line("A replay of " + partition.topic() + "-" + partition.partition()
                        + " is under way, until offset "
                        + partition.replayUntil().getAsLong() + "."));
    }

    private static List<String> cells(GroupReport.Partition partition) {
        return List.of(
                partition.topic(),
                Integer.toString(partition.partition()),
                number(partition.committed()),
                Output.number(partition.end()),
                number(partition.lag()),
                Output.number(partition.finishedBeyond()),
                Integer.toString(partition.parkedKeys()),
                partition.member().orElse("-"));
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? Output.number(number.getAsLong()) : "-";
    }
}
