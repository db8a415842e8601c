package io.kaufmann.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The inputs with which the fuzzing of a target begins: its seeds, and those kept under {@code src/test/resources/fuzz}
 * because they once showed a fault.
 *
 * @param inputs what each is, and its bytes
 */
record Corpus(Map<String, byte[]> inputs) {

    static Corpus of(String name, FuzzTarget target) throws IOException {
        Map<String, byte[]> inputs = new LinkedHashMap<>();
        List<byte[]> seeds = target.seeds();
        for (int i = 0; i < seeds.size(); i++) {
            inputs.put("seed-" + i, seeds.get(i));
        }
        Path kept = Path.of(System.getProperty("kaufmann.test.basedir", "."), "src/test/resources/fuzz")
                .resolve(FuzzTargets.shortName(name));
        if (Files.isDirectory(kept)) {
            try (Stream<Path> files = Files.list(kept)) {
                for (Path file : files.sorted().toList()) {
                    inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        return new Corpus(inputs);
    }

    /** Writes one file for each. */
    Path writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, byte[]> input : inputs.entrySet()) {
            Files.write(directory.resolve(input.getKey()), input.getValue());
        }
        return directory;
    }
}
