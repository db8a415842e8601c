package io.kaufmann.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.health.Health;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What is said at each path. */
final class Answers {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String NO_METRICS =
            "There are no metrics in Prometheus' format: add io.micrometer:micrometer-registry-prometheus to the service, and a"
                    + " PrometheusMeterRegistry to Micrometer's global registry.";

    private Answers() {}

    /** For each path what makes its answer. */
    static Map<String, Supplier<Answer>> of(
            String service, Supplier<Health> health, Supplier<Optional<String>> prometheus) {
        Page page = Page.read();
        HealthJson json = new HealthJson(service);
        return Map.of(
                "/",
                page::answer,
                "/live",
                () -> probe("live", Health::live, health.get()),
                "/ready",
                () -> probe("ready", Health::ready, health.get()),
                "/health",
                () -> Answer.of(Answer.OK, "application/json", json.write(health.get(), Instant.now())),
                "/metrics",
                () -> metrics(prometheus.get()));
    }

    private static Answer probe(String what, Predicate<Health> holds, Health health) {
        if (holds.test(health)) {
            return Answer.text(Answer.OK, what);
        }
        List<String> problems = health.problems();
        return Answer.text(
                Answer.UNAVAILABLE,
                "not " + what + "\n" + (problems.isEmpty() ? "It is " + health.state() : String.join("\n", problems)));
    }

    private static Answer metrics(Optional<String> text) {
        return text.map(found -> Answer.of(Answer.OK, PROMETHEUS, found.getBytes(UTF_8)))
                .orElseGet(() -> Answer.text(Answer.NOT_FOUND, NO_METRICS));
    }
}
