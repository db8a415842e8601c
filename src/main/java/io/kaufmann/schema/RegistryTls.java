package io.kaufmann.schema;

import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Makes of the {@code ssl.} settings of Kafka's clients what the JDK's HTTP client needs, with Kafka's own code: key and
 * trust stores as JKS, PKCS12 or PEM, from files or from the settings themselves. Stores are read once. Thread-safe.
 */
final class RegistryTls {

    private static final String PREFIX = "ssl.";

    private final SSLContext context;
    private final SSLParameters parameters;

    private RegistryTls(SSLContext context, SSLParameters parameters) {
        this.context = context;
        this.parameters = parameters;
    }

    /**
     * Reads the settings and the stores that they name.
     *
     * @throws IllegalArgumentException when they cannot be used; no password appears in the message
     */
    static RegistryTls of(Map<String, ?> kafkaSettings) {
        Map<String, Object> settings = parsed(kafkaSettings);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(settings);
            SSLContext context = checksHostName(settings)
                    ? factory.sslContext()
                    : AnyHostName.context(settings, factory.keystore(), factory.truststore());
            return new RegistryTls(context, parameters(settings));
        } catch (KafkaException e) {
            throw new IllegalArgumentException(
                    "The schema registry's TLS settings cannot be used: "
                            + e.getMessage().replaceFirst("\\.$", "")
                            + ". Check the files, types and passwords in kaufmann.schema.registry.ssl.*",
                    e);
        }
    }

    void applyTo(HttpClient.Builder client) {
        client.sslContext(context).sslParameters(parameters);
    }

    private static Map<String, Object> parsed(Map<String, ?> kafkaSettings) {
        ConfigDef known = new ConfigDef();
        SslConfigs.addClientSslSupport(known);
        Map<String, Object> given = new HashMap<>();
        kafkaSettings.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && value != null) {
                given.put(requireKnown(name, known), plain(value));
            }
        });
        try {
            return known.parse(given);
        } catch (KafkaException e) {
            throw new IllegalArgumentException("The schema registry's TLS settings cannot be used: " + e.getMessage());
        }
    }

    // A misspelt trust store must not leave the JVM's own in force.
    private static String requireKnown(String name, ConfigDef known) {
        if (!known.names().contains(name) || name.equals(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG)) {
            TreeSet<String> names = new TreeSet<>(known.names());
            names.remove(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG);
            throw new IllegalArgumentException(
                    "A schema registry has no setting " + SchemaTexts.quote(name) + ". Write one of " + names);
        }
        return name;
    }

    // Kafka's parser shows a password that is no text when it refuses it.
    private static Object plain(Object value) {
        return value instanceof Password || value instanceof List ? value : String.valueOf(value);
    }

    /** The JDK's client always checks the name, so that leaving it out needs a trust manager of its own. */
    private static boolean checksHostName(Map<String, Object> settings) {
        String name = SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG;
        String algorithm = String.valueOf(settings.get(name));
        if (!algorithm.isEmpty() && !algorithm.equalsIgnoreCase("https")) {
            throw new IllegalArgumentException(name + " of the schema registry is " + SchemaTexts.quote(algorithm)
                    + "; write https, or nothing to take any host's certificate");
        }
        return !algorithm.isEmpty();
    }

    private static SSLParameters parameters(Map<String, Object> settings) {
        SSLParameters parameters = new SSLParameters();
        strings(settings.get(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG), parameters::setProtocols);
        strings(settings.get(SslConfigs.SSL_CIPHER_SUITES_CONFIG), parameters::setCipherSuites);
        return parameters;
    }

    private static void strings(Object value, Consumer<String[]> target) {
        if (value instanceof List<?> list && !list.isEmpty()) {
            target.accept(list.stream().map(String::valueOf).toArray(String[]::new));
        }
    }
}
