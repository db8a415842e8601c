package io.kaufmann.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guarantees name the tests that hold them: these must be there. */
class GuaranteesDocTest {

    private static final Path ROOT = Path.of(System.getProperty("kaufmann.test.basedir", "."));
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT|Suite))(?:\\.(\\w+))?`");

    @Test
    void nameTestsThatExist() throws IOException {
        List<MatchResult> named = TEST.matcher(Files.readString(ROOT.resolve("docs/guarantees.md")))
                .results()
                .toList();
        assertThat(named).hasSizeGreaterThan(40);
        for (MatchResult test : named) {
            String source = source(test.group(1));
            if (test.group(2) != null) {
                assertThat(source).as(test.group()).contains("void " + test.group(2) + "(");
            }
        }
    }

    private static String source(String type) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("src/test/java"))) {
            Path file = files.filter(path -> path.endsWith(type + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No test " + type));
            return Files.readString(file);
        }
    }
}
