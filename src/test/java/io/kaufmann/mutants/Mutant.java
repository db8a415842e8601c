package io.kaufmann.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A way to break the library, and the test that must find it.
 *
 * @param patch the file
 * @param breaks what it breaks
 * @param test the test's class
 */
record Mutant(Path patch, String breaks, String test) {

    static List<Mutant> all(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".patch"))
                    .sorted()
                    .map(Mutant::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mutant read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return new Mutant(file, header(lines, "Breaks: "), header(lines, "Test: "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> line.substring(name.length()))
                .orElseThrow(() -> new IllegalArgumentException("A patch without a line that begins with " + name));
    }

    String name() {
        String file = patch.getFileName().toString();
        return file.substring(0, file.length() - ".patch".length());
    }
}
