package io.kaufmann.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The README shows code that the build compiles: a block behind a comment that names a file is that file.
 *
 * <pre>{@code
 * <!-- from src/it/greeter/src/main/java/Greeter.java -->
 * }</pre>
 */
class ReadmeTest {

    private static final Path ROOT = Path.of(System.getProperty("kaufmann.test.basedir", "."));
    private static final String GREETER = "src/it/greeter/src/main/java/Greeter.java";
    private static final Pattern BLOCK =
            Pattern.compile("<!-- from (\\S+) -->\\s*```\\w*\\R(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void showsTheGreeter() throws IOException {
        assertThat(blocks()).extracting(Block::file).contains(GREETER);
    }

    @Test
    void showsFilesAsTheyAre() throws IOException {
        for (Block block : blocks()) {
            assertThat(block.code())
                    .as("The block in README.md and %s differ: copy the file into the block", block.file())
                    .isEqualToNormalizingNewlines(Files.readString(ROOT.resolve(block.file())));
        }
    }

    private static List<Block> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(match -> new Block(match.group(1), match.group(2)))
                .toList();
    }

    private record Block(String file, String code) {}
}
