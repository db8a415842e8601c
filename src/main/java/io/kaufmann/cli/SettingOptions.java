package io.kaufmann.cli;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The settings of a command: those of the library, from a file, the environment and options. What is not essential to a task may
 * be left out, so that something stands in its place here which no task takes for an answer.
 */
final class SettingOptions {

    private static final String NOTHING = "not-given";
    private static final String NO_REGISTRY = "http://" + NOTHING + ".invalid";
    private static final String SERVERS = "kaufmann.bootstrap.servers";
    private static final String REGISTRY = "kaufmann.schema.registry.url";
    private static final String GROUP = "kaufmann.consumer.group";
    private static final String TOPIC = "kaufmann.default.topic";
    private static final String NAME = "kaufmann.service.name";
    private static final String NO_NAME = "kaufmann-cli";
    private static final String HANDLER = "kaufmann.event.handler";

    private static final EventHandler NO_HANDLER = event -> Result.noReply();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Settings in a properties file, as the service reads it.")
    private Path file;

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description = "One more setting, such as kaufmann.max.demand=100 or kafka.security.protocol=SSL.")
    private final Map<String, String> more = new LinkedHashMap<>();

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "The Kafka brokers to ask first.")
    private String servers;

    @Option(names = "--registry", paramLabel = "URL", description = "The schema registry.")
    private String registry;

    @Option(names = "--group", paramLabel = "NAME", description = "The service's consumer group.")
    private String group;

    private final Map<String, Boolean> given = new LinkedHashMap<>();

    KaufmannConfig config(CommandLine command) {
        Properties options = options(command);
        KaufmannConfig config = from(KaufmannConfig.builder().schemaRegistryUrl(NO_REGISTRY), options)
                .build();
        given.put(SERVERS, !config.bootstrapServers().startsWith(NOTHING));
        given.put(
                REGISTRY,
                config.schemaRegistryUrl()
                        .filter(url -> !url.equals(NO_REGISTRY))
                        .isPresent());
        given.put(GROUP, !config.consumerGroup().equals(NOTHING));
        given.put(HANDLER, config.eventHandler() != NO_HANDLER);
        given.put(NAME, !config.serviceName().equals(NO_NAME));
        given.put(TOPIC, !config.subscriptionTopics().contains(NOTHING));
        return config;
    }

    /** What every task has, and then what is given. */
    private KaufmannConfig.Builder from(KaufmannConfig.Builder builder, Properties options) {
        builder.bootstrapServers(NOTHING + ".invalid:1")
                .consumerGroup(NOTHING)
                .defaultTopic(NOTHING)
                .serviceName(NO_NAME)
                .eventHandler(NO_HANDLER);
        if (file != null) {
            builder.file(file);
        }
        return builder.environment().properties(options);
    }

    void requireRegistryIfNeeded(CommandLine command) {
        if (!isGiven(REGISTRY)) {
            // The library itself knows whether its formats need one, and says so.
            from(KaufmannConfig.builder(), options(command)).build();
        }
    }

    private Properties options(CommandLine command) {
        if (file != null && !Files.isReadable(file)) {
            throw new ParameterException(command, "There is no file " + file + " that can be read (--config)");
        }
        Properties options = new Properties();
        more.forEach((key, value) -> {
            if (!key.startsWith("kaufmann.") && !key.startsWith("kafka.")) {
                throw new ParameterException(
                        command,
                        "--set takes KEY=VALUE, with a key that begins with kaufmann. or kafka. One given to it does not");
            }
            options.setProperty(key, value);
        });
        put(options, SERVERS, servers);
        put(options, REGISTRY, registry);
        put(options, GROUP, group);
        return options;
    }

    private static void put(Properties options, String key, String value) {
        if (value != null) {
            options.setProperty(key, value);
        }
    }

    boolean isGiven(String key) {
        return given.getOrDefault(key, false);
    }

    void require(CommandLine command, String... keys) {
        List<String> missing = new ArrayList<>();
        for (String key : keys) {
            if (!given.getOrDefault(key, false)) {
                missing.add(key + " (" + key.replace('.', '_').toUpperCase(Locale.ROOT) + option(key) + ")");
            }
        }
        if (!missing.isEmpty()) {
            throw new ParameterException(
                    command,
                    "Not set: " + String.join(", ", missing) + ". Give a file with --config, or set "
                            + (missing.size() == 1 ? "it" : "them") + " one by one");
        }
    }

    private static String option(String key) {
        return switch (key) {
            case SERVERS -> ", --bootstrap-servers";
            case REGISTRY -> ", --registry";
            case GROUP -> ", --group";
            default -> ", --set " + key + "=...";
        };
    }
}
