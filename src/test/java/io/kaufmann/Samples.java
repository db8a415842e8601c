package io.kaufmann;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Configurations to begin with. */
final class Samples {

    static final String HANDLER = SampleHandlers.Greeter.class.getName();

    private Samples() {}

    /** Just what is essential. */
    static KaufmannConfig.Builder essentials() {
        return KaufmannConfig.builder()
                .bootstrapServers("localhost:9092")
                .schemaRegistryUrl("http://localhost:8081")
                .consumerGroup("greeter")
                .defaultTopic("rapids")
                .serviceName("greeter")
                .eventHandler(new SampleHandlers.Greeter());
    }

    /** Properties of keys and values by turns. */
    static Properties properties(String... keysAndValues) {
        Properties properties = new Properties();
        properties.putAll(map(keysAndValues));
        return properties;
    }

    static Map<String, String> map(String... keysAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** What is wrong with a configuration. */
    static List<String> problems(KaufmannConfig.Builder builder) {
        try {
            throw new AssertionError("Nothing is wrong with " + builder.build());
        } catch (ConfigurationException e) {
            return e.problems();
        }
    }

    /** What is wrong when these properties are added to what is essential. */
    static List<String> problemsOf(String... keysAndValues) {
        return problems(essentials().properties(properties(keysAndValues)));
    }

    /** What is essential with these properties. */
    static KaufmannConfig with(String... keysAndValues) {
        return essentials().properties(properties(keysAndValues)).build();
    }

    static Setting<?> setting(String method) {
        return Settings.all().stream()
                .filter(setting -> setting.method().equals(method))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No setting " + method + " among "
                        + Arrays.toString(Settings.all().toArray())));
    }
}
