package io.kaufmann.cli;

import io.kaufmann.task.SchemaOutcome;
import io.kaufmann.task.SchemaReport;
import io.kaufmann.task.SchemaStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Shows what came of schemas. */
final class SchemaReports {

    private static final String NONE = "-";

    private final Output output;

    SchemaReports(Output output) {
        this.output = output;
    }

    /** Shows it; tells the exit code. */
    int show(SchemaReport report) {
        if (output.isJson()) {
            output.json(json(report));
        } else {
            text(report);
        }
        return report.isWell() ? TaskCommand.WELL : TaskCommand.NOT_WELL;
    }

    private void text(SchemaReport report) {
        output.table(
                List.of("SUBJECT", "STATUS", "VERSION", "ID"),
                report.outcomes().stream().map(this::row).toList());
        report.outcomes().stream()
                .filter(outcome -> !outcome.messages().isEmpty())
                .forEach(this::explain);
        output.line("");
        output.line(report.summary());
        report.problem().ifPresent(problem -> output.warn(problem));
    }

    private List<String> row(SchemaOutcome outcome) {
        return List.of(
                outcome.subject(),
                output.coloured(colour(outcome.status()), outcome.status().toString()),
                number(outcome.version()),
                number(outcome.id()));
    }

    private void explain(SchemaOutcome outcome) {
        output.line("");
        output.line(outcome.subject() + ", "
                + output.coloured(colour(outcome.status()), outcome.status().toString()) + ":");
        outcome.messages().forEach(message -> output.line("    " + message));
    }

    private static String number(OptionalInt number) {
        return number.isPresent() ? String.valueOf(number.getAsInt()) : NONE;
    }

    private static Output.Colour colour(SchemaStatus status) {
        return switch (status) {
            case NEW, NEW_VERSION -> Output.Colour.GREEN;
            case UNCHANGED -> Output.Colour.DIM;
            case REMOVED, NOT_TRIED -> Output.Colour.YELLOW;
            case INCOMPATIBLE, INVALID, FAILED -> Output.Colour.RED;
        };
    }

    private static Map<String, Object> json(SchemaReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("well", report.isWell());
        report.problem().ifPresent(problem -> json.put("problem", problem));
        List<Map<String, Object>> schemas = new ArrayList<>();
        report.outcomes().forEach(outcome -> schemas.add(json(outcome)));
        json.put("schemas", schemas);
        return json;
    }

    private static Map<String, Object> json(SchemaOutcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("subject", outcome.subject());
        json.put("file", outcome.file().map(Path::toString).orElse(null));
        json.put("status", outcome.status().toString());
        json.put("version", outcome.version());
        json.put("id", outcome.id());
        json.put("messages", outcome.messages());
        return json;
    }
}
