package io.kaufmann;

import io.kaufmann.KafkaClient.Scope;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads environment variables into what was given. Those with blank values count as not set, as container tools leave them;
 * those of Kubernetes for a service that happens to be named kaufmann are passed over.
 */
final class EnvironmentReader {

    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentReader.class);

    // https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
    private static final Pattern KUBERNETES = Pattern.compile(
            "KAUFMANN(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    private final ConfigInputs inputs;

    EnvironmentReader(ConfigInputs inputs) {
        this.inputs = inputs;
    }

    void read(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (variable.startsWith(Setting.ENVIRONMENT_PREFIX) && !text.isBlank()) {
                variable(variable, text);
            }
        });
    }

    private void variable(String variable, String text) {
        Source source = Source.variable(variable);
        Optional<Setting<?>> setting = Settings.byVariable(variable);
        if (setting.isPresent()) {
            boolean secret = Secrets.isSecret(setting.get().key());
            inputs.text(setting.get(), secret ? text : text.strip(), source);
        } else if (KUBERNETES.matcher(variable).matches()) {
            LOG.debug("{} is taken for one of Kubernetes' variables", variable);
        } else {
            kafkaKey(variable).ifPresentOrElse(key -> inputs.property(key, text, source), () -> unknown(variable));
        }
    }

    // Kafka's own names have nothing but small letters, digits and dots.
    private static Optional<String> kafkaKey(String variable) {
        String key = variable.toLowerCase(Locale.ROOT).replace('_', '.');
        return Stream.of(key, key.substring(Setting.PREFIX.length()))
                .filter(candidate -> Scope.of(candidate).isPresent())
                .findFirst();
    }

    // An environment is shared with other programs, so only what looks like a setting, mistyped, stops the start.
    private void unknown(String variable) {
        Optional<String> nearest = UnknownKeys.nearestVariable(variable);
        if (nearest.isPresent()) {
            inputs.problem(variable + " is no setting of Kaufmann. Did you mean " + nearest.get() + "?");
        } else {
            LOG.warn("The environment variable {} is no setting of Kaufmann and is passed over", variable);
        }
    }
}
