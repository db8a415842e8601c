package io.kaufmann.telemetry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.telemetry.Telemetry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {

    private static final Path DOCUMENT =
            Path.of(System.getProperty("kaufmann.test.basedir", "."), "docs", "metrics.md");

    private static final Pattern NAME = Pattern.compile("kaufmann_[a-z_]+");
    private static final Pattern LABELS = Pattern.compile("by \\(([a-z_, ]+)\\)|\\{([a-z_]+)[=!~]");

    private final List<String> scrape;

    MetricsDocumentTest() {
        Telemetry telemetry = new MicrometerTelemetry(
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure())
                .forService(EveryCall.SERVICE);
        EveryCall.to(telemetry);
        scrape = telemetry.prometheus().orElseThrow().lines().toList();
    }

    @Test
    void saysWhatTheListSays() throws IOException {
        if (Boolean.getBoolean("kaufmann.docs.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, MetricsDocument.text());
        }

        assertThat(Files.readString(DOCUMENT))
                .as("docs/metrics.md; with -Dkaufmann.docs.write=true this test writes it anew")
                .isEqualTo(MetricsDocument.text());
    }

    @Test
    void prometheusHasTheNamesThatItGives() {
        for (Measure measure : Measure.values()) {
            String name = MetricsDocument.prometheus(measure);
            List<String> names = switch (measure.kind()) {
                case TIMER, SIZES -> List.of(name + "_count", name + "_sum", name + "_max");
                case COUNTER, GAUGE, SIZE, AGE -> List.of(name);
            };
            assertThat(scraped()).containsAll(names);
        }
    }

    @Test
    void prometheusHasAllThatAlertsAskFor() {
        for (MetricsDocument.Alert alert : MetricsDocument.ALERTS) {
            Set<String> asked = matches(NAME, alert.expression() + alert.meaning());
            assertThat(asked).as(alert.what()).isNotEmpty();
            assertThat(scraped()).as(alert.what()).containsAll(asked);

            Set<String> labels = matches(LABELS, alert.expression()).stream()
                    .flatMap(found -> Pattern.compile(", ").splitAsStream(found))
                    .collect(Collectors.toSet());
            for (String metric : matches(NAME, alert.expression())) {
                for (String label : labels) {
                    assertThat(scrape)
                            .as(alert.what())
                            .anyMatch(line -> line.startsWith(metric + "{") && line.contains(label + "=\""));
                }
            }
        }
    }

    @Test
    void quantilesAreNotMadeUnasked() {
        assertThat(scrape).noneMatch(line -> line.contains("_bucket{") || line.contains("quantile="));
    }

    private Set<String> scraped() {
        return scrape.stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('{')))
                .collect(Collectors.toSet());
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            int group = matcher.groupCount() > 0 && matcher.group(1) == null ? 2 : Math.min(1, matcher.groupCount());
            found.add(matcher.group(group));
        }
        return found;
    }
}
