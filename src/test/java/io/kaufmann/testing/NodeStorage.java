package io.kaufmann.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** Makes a directory ready for a KRaft node, as {@code kafka-storage.sh format} does. */
final class NodeStorage {

    private NodeStorage() {}

    /** Formats the node's directory as a cluster of its own. */
    static Path formatIfNew(NodeSettings settings) {
        return formatIfNew(settings, Uuid.randomUuid());
    }

    /** Formats the node's directory, unless it is formatted; returns the node's settings as a file beside it. */
    static Path formatIfNew(NodeSettings settings, Uuid cluster) {
        Path file = settings.directory().resolveSibling(settings.directory().getFileName() + ".properties");
        write(settings, file);
        if (Files.notExists(settings.directory().resolve("meta.properties"))) {
            format(settings.directory(), file, cluster);
        }
        return file;
    }

    private static void write(NodeSettings settings, Path file) {
        try (var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            settings.toProperties().store(writer, null);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot write " + file, failure);
        }
    }

    private static void format(Path directory, Path file, Uuid cluster) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        String[] command = {"format", "-t", cluster.toString(), "-c", file.toString()};
        int code = StorageTool.execute(command, new PrintStream(output, true, StandardCharsets.UTF_8));
        if (code != 0) {
            throw new IllegalStateException("Formatting %s failed with code %d: %s"
                    .formatted(directory, code, output.toString(StandardCharsets.UTF_8)));
        }
    }
}
