package io.kaufmann.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixtures are what they say: the bytes of clients that nobody here wrote. */
class FixturesIT {

    @Test
    void theClientsWriteTheCommittedFixturesAgain(@TempDir Path again) throws IOException {
        NodeClients.installed()
                .run("", "fixtures.js", Fixture.DIRECTORY.toAbsolutePath().toString(), again.toString());

        assertThat(names(again)).isNotEmpty().isEqualTo(names(Fixture.DIRECTORY));
        for (String name : names(again)) {
            assertThat(again.resolve(name)).hasSameBinaryContentAs(Fixture.DIRECTORY.resolve(name));
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
