package io.kaufmann;

import io.kaufmann.KafkaClient.Scope;
import io.kaufmann.internal.handoff.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks Kafka settings before a client is made: against those that Kaufmann owns, and by Kafka's own definitions of names,
 * types and ranges.
 *
 * <p>A name that Kafka does not know is an error, since most are mistyped; unless some class of the user's own is configured
 * too (an interceptor, a callback handler), for such a class may read settings of its own.
 */
final class KafkaCheck {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaCheck.class);
    // Read by Kafka's JmxReporter, which is always there, though no client's definition has it.
    private static final String JMX = "metrics.jmx.";

    private final Collection<KafkaInput> inputs;
    private final List<String> problems;

    KafkaCheck(Collection<KafkaInput> inputs, List<String> problems) {
        this.inputs = inputs;
        this.problems = problems;
    }

    void run() {
        boolean plugins = inputs.stream().anyMatch(KafkaInput::isPlugin);
        for (KafkaInput input : inputs) {
            Optional<String> instead = OwnedKafkaKeys.instead(input.name());
            Optional<ConfigKey> known = known(input.scope(), input.name());
            if (instead.isPresent()) {
                problem(input, "is Kaufmann's own to set. Take it out; " + instead.get());
            } else if (input.value() == null) {
                problem(input, "was given null. Give it a value or leave it out");
            } else if (known.isPresent()) {
                checkValue(input, known.get());
            } else if (!input.name().startsWith(JMX)) {
                checkUnknown(input, plugins);
            }
        }
    }

    private static Optional<ConfigKey> known(Scope scope, String name) {
        return scope.clients().stream()
                .map(client -> client.key(name))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private void checkValue(KafkaInput input, ConfigKey key) {
        if (input.isFilledIn()) {
            return;
        }
        try {
            Object parsed = ConfigDef.parseType(key.name, input.value(), key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
        } catch (ConfigException e) {
            problem(input, "is not what Kafka takes" + reason(key, e));
        }
    }

    // Kafka's message quotes the value.
    private static String reason(ConfigKey key, ConfigException e) {
        boolean secret = KafkaClient.isPassword(key.name) || Secrets.isSecret(key.name);
        return secret ? "" : ": " + Secrets.shown(key.name, Objects.toString(e.getMessage(), ""));
    }

    private void checkUnknown(KafkaInput input, boolean plugins) {
        Optional<String> elsewhere = otherScope(input);
        Optional<String> nearest = NearestName.of(input.name(), names(input.scope()));
        if (elsewhere.isPresent()) {
            problem(input, "is no setting of this Kafka client. Write " + elsewhere.get());
        } else if (!plugins) {
            problem(
                    input,
                    "is no setting that Kafka knows. "
                            + nearest.map(name -> didYouMean(input.scope(), name))
                                    .orElse("If a class of yours reads it, name that class too, such as in"
                                            + " interceptor.classes"));
        } else if (nearest.isPresent()) {
            LOG.warn(
                    "{} is no setting that Kafka knows; it is passed on, for a configured class may read it. {}",
                    Secrets.oneLine(input.key()),
                    didYouMean(input.scope(), nearest.get()));
        }
    }

    private static String didYouMean(Scope scope, String name) {
        return OwnedKafkaKeys.instead(name)
                .map(instead -> "Did you mean " + name + "? That is Kaufmann's own to set; " + instead)
                .orElse("Did you mean " + scope.prefix() + name + "?");
    }

    private static Optional<String> otherScope(KafkaInput input) {
        return Stream.of(Scope.values())
                .filter(scope ->
                        scope != Scope.COMMON && known(scope, input.name()).isPresent())
                .map(scope -> scope.prefix() + input.name())
                .findFirst()
                .or(() -> known(Scope.COMMON, input.name()).map(key -> Scope.COMMON.prefix() + input.name()));
    }

    private static List<String> names(Scope scope) {
        return scope.clients().stream()
                .flatMap(client -> client.names().stream())
                .distinct()
                .toList();
    }

    private void problem(KafkaInput input, String text) {
        problems.add(Secrets.oneLine(input.key()) + input.source().words() + " " + text);
    }
}
