package io.kaufmann.telemetry.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes docs/metrics.md from the list of measures. */
final class MetricsDocument {

    private static final String HEAD = """
            # Metrics

            <!-- Made from the list in Measure.java. To make it anew:
                 mvn test -Dtest=MetricsDocumentTest -Dkaufmann.docs.write=true -->

            Each service measures with [Micrometer](https://micrometer.io), into its global registry unless it is given another:

            ```java
            KaufmannConfig.builder().telemetry(new MicrometerTelemetry(registry))
            ```

            Nothing is kept until that registry has one that keeps it. For Prometheus, add

            ```xml
            <dependency>
              <groupId>io.micrometer</groupId>
              <artifactId>micrometer-registry-prometheus</artifactId>
            </dependency>
            ```

            and set `kaufmann.http.port`: `/metrics` on that port is what Prometheus reads. A service that has an endpoint of its own, as
            those on Spring Boot have, needs neither: its registry is in the global one.

            `kaufmann.telemetry` chooses who hears: `micrometer`, `logging` (a line for each event and step, at DEBUG, by the logger
            `io.kaufmann.telemetry`), `none`, classes of your own, or several of these, separated by commas.
            """;

    private static final String NAMES = """
            ## Tags

            Any producer can invent names, and each new one costs memory for ever. So an event's name is cut at its first `#` or `:`, and is
            a tag only when the handler names it or it is among the first 200 others, of those consumed or of those published; the rest is
            `other`. Topics likewise; those that share `other` share their partition too. Records that are passed over are counted without
            a look at their names: `none`. A measure has 10,000 series for each service; what comes after shares one whose event, topic and
            partition are `other`.

            """;

    private static final String GAUGES = """
            Gauges tell what `kaufmann.health()` tells, about once in a second. Those of a partition go away when the group takes it, all of
            them when the service has ended. A gauge of what is not known is absent, so that a sum over the others stays right. Of two
            services in one process with the same name and group only the first has gauges, besides those of its partitions, and the log
            says so.

            Should a registry throw, or take so long that events would wait, it is cut off for a minute or more, and the log names it:
            what happens meanwhile is missing from counters and timers, while the gauges go on.

            """;

    private static final String CLIENTS = """
            ## Kafka's own

            The consumers' and the producer's own metrics are there as Micrometer has them: `kafka.consumer.fetch.manager.records.lag.max`
            (`kafka_consumer_fetch_manager_records_lag_max`), `kafka.producer.record.send.rate` and some hundred more, each with the tag
            `client.id`. They are described in Kafka's documentation, under the same names with other punctuation. New ones are looked for
            once in a minute; a client's go away when it is closed.
            """;

    private static final String ALERTS_HEAD = """
            ## Alerts

            Rules for Prometheus, to be adapted. Gauges of a service that has ended are gone: only the last rule tells of that.

            """;

    /** What to be told of. */
    record Alert(String what, String expression, String lasting, String meaning) {}

    static final List<Alert> ALERTS = List.of(
            new Alert(
                    "It falls behind",
                    "sum by (service, consumer_group) (deriv(kaufmann_partition_lag[15m])) > 0"
                            + " and sum by (service, consumer_group) (kaufmann_partition_lag) > 10000",
                    "15m",
                    "more comes than is handled: look at `kaufmann_workers_busy` and at what waits"),
            new Alert(
                    "Something is stalled",
                    "max by (service, topic, partition) (kaufmann_partition_stalled) > 0",
                    "1m",
                    "`/health` and the log name the event"),
            new Alert(
                    "Something is old",
                    "max by (service, topic, partition, condition) (kaufmann_partition_oldest_seconds) > 300",
                    "0m",
                    "`running` hangs in its handler, `answering` waits for the broker, `queued` for a worker"),
            new Alert(
                    "It cannot work",
                    "kaufmann_ready == 0",
                    "2m",
                    "see `kaufmann_broker_reachable`, `kaufmann_registry_reachable` and `/health`"),
            new Alert("It wants a restart", "kaufmann_live == 0", "1m", "one of its threads has died or does not turn"),
            new Alert(
                    "Much fails",
                    "sum by (consumer_group) (rate(kaufmann_events_total{outcome=~\"failed|dead_lettered|parked\"}[5m]))"
                            + " / sum by (consumer_group) (rate(kaufmann_events_total{outcome!~\"passed_over|ignored|dropped\"}[5m]))"
                            + " > 0.01",
                    "5m",
                    "one in a hundred; by `event` it tells which"),
            new Alert(
                    "Dead letters",
                    "sum by (consumer_group, event, stage) (increase(kaufmann_dead_letters_total[10m])) > 0",
                    "0m",
                    "look at them, mend, and send them back: docs/operations.md"),
            new Alert(
                    "Commits fail",
                    "sum by (consumer_group) (increase(kaufmann_commits_total{result=\"failed\"}[10m])) > 3",
                    "0m",
                    "what is finished would be handled again after a restart"),
            new Alert(
                    "Workers are lost",
                    "kaufmann_workers_lost > 0",
                    "0m",
                    "handlers ignore their interrupt; a restart frees them"),
            new Alert("It is not there", "absent(kaufmann_ready)", "2m", "no service tells anything"));

    private static final PrometheusNamingConvention PROMETHEUS = new PrometheusNamingConvention();

    private MetricsDocument() {}

    static String text() {
        StringJoiner text = new StringJoiner("\n");
        text.add(HEAD);
        text.add(
                "## Times and sizes\n\nEach is a Prometheus summary without quantiles: `_count`, `_sum`, and `_max` of late.\n\n"
                        + table(measure -> measure.kind() == Kind.TIMER || measure.kind() == Kind.SIZES));
        text.add("## Counters\n\n" + table(measure -> measure.kind() == Kind.COUNTER));
        text.add("## Gauges\n\n" + GAUGES
                + table(measure -> measure.kind().meter().equals("gauge")));
        text.add(NAMES + tags());
        text.add(CLIENTS);
        text.add(ALERTS_HEAD + alerts());
        return text.toString();
    }

    /** The name that Prometheus knows a measure by. */
    static String prometheus(Measure measure) {
        Meter.Type type = switch (measure.kind()) {
            case TIMER -> Meter.Type.TIMER;
            case SIZES -> Meter.Type.DISTRIBUTION_SUMMARY;
            case COUNTER -> Meter.Type.COUNTER;
            case GAUGE, SIZE, AGE -> Meter.Type.GAUGE;
        };
        String unit = measure.kind().unit();
        return PROMETHEUS.name(measure.id(), type, unit.isEmpty() ? null : unit)
                + (measure.kind() == Kind.COUNTER ? "_total" : "");
    }

    private static String table(Predicate<Measure> which) {
        StringBuilder text = new StringBuilder();
        row(text, "meter", "Prometheus", "kind", "unit", "tags", "what it is");
        row(text, "---", "---", "---", "---", "---", "---");
        Arrays.stream(Measure.values())
                .filter(which)
                .forEach(measure -> row(
                        text,
                        code(measure.id()),
                        code(prometheus(measure)),
                        measure.kind().meter(),
                        measure.kind().unit(),
                        measure.tags().stream().map(Tag::text).collect(Collectors.joining(", ")),
                        measure.description()));
        return text.toString();
    }

    private static String tags() {
        StringBuilder text = new StringBuilder();
        row(text, "tag", "what it is");
        row(text, "---", "---");
        for (Tag tag : Tag.values()) {
            row(text, code(tag.text()), tag.meaning());
        }
        return text.toString();
    }

    private static String alerts() {
        StringBuilder text = new StringBuilder("```yaml\ngroups:\n  - name: kaufmann\n    rules:\n");
        for (Alert alert : ALERTS) {
            text.append("      - alert: ").append(alert.what()).append('\n');
            text.append("        expr: >-\n          ")
                    .append(alert.expression())
                    .append('\n');
            text.append("        for: ").append(alert.lasting()).append('\n');
            text.append("        annotations:\n          summary: \"")
                    .append(alert.meaning())
                    .append("\"\n");
        }
        return text.append("```\n").toString();
    }

    private static void row(StringBuilder text, String... cells) {
        StringJoiner row = new StringJoiner(" | ", "| ", " |\n");
        for (String cell : cells) {
            row.add(cell.replace("|", "\\|"));
        }
        text.append(row);
    }

    private static String code(String text) {
        return '`' + text + '`';
    }
}
