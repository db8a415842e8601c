package io.kaufmann;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/** Reads properties and files of them into what was given. */
final class PropertiesReader {

    private final ConfigInputs inputs;

    PropertiesReader(ConfigInputs inputs) {
        this.inputs = inputs;
    }

    void file(Path file) {
        Source source = Source.file(file.toString());
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            inputs.problem("The file " + file + " cannot be read as properties in UTF-8: " + e);
        }
        properties(properties, source);
    }

    void properties(Properties properties, Source source) {
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            property(key, properties.getProperty(key), source);
        }
        for (Map.Entry<Object, Object> entry : properties.entrySet()) {
            if (entry.getKey() instanceof String key && !(entry.getValue() instanceof String)) {
                property(key, String.valueOf(entry.getValue()), source);
            }
        }
    }

    // A blank after a value cannot be seen, so it is not meant; but in a password nobody can know.
    private void property(String key, String text, Source source) {
        inputs.property(key, Secrets.isSecret(key) ? text : text.strip(), source);
    }
}
