package io.kaufmann.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Documents show code that the build compiles: a block behind a comment that names a file is that file, and one behind a
 * comment that names a part of it is what stands between {@code // begin part} and {@code // end part} there.
 *
 * <pre>{@code
 * <!-- from src/it/greeter/src/main/java/Greeter.java -->
 * <!-- from src/test/java/io/kaufmann/docs/Codecs.java#rules -->
 * }</pre>
 */
class ReadmeTest {

    private static final Path ROOT = Path.of(System.getProperty("kaufmann.test.basedir", "."));
    private static final String GREETER = "src/it/greeter/src/main/java/Greeter.java";
    private static final Pattern BLOCK = Pattern.compile(
            "<!-- from ([^\\s#]+)(?:#(\\S+))? -->\\s*```\\w*\\R(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void showsTheGreeter() throws IOException {
        assertThat(blocks()).extracting(Block::file).contains(GREETER);
    }

    @Test
    void showsFilesAsTheyAre() throws IOException {
        for (Block block : blocks()) {
            assertThat(block.code())
                    .as("The block in %s and %s differ: copy the code into the block", block.document(), block.file())
                    .isEqualToNormalizingNewlines(code(block));
        }
    }

    private static String code(Block block) throws IOException {
        String file = Files.readString(ROOT.resolve(block.file()));
        if (block.part() == null) {
            return file;
        }
        Matcher part = Pattern.compile(
                        "^ *// begin " + block.part() + "\\R(.*?)^ *// end " + block.part() + "$",
                        Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(file);
        assertThat(part.find())
                .as("%s has a part %s", block.file(), block.part())
                .isTrue();
        return part.group(1).stripTrailing().stripIndent() + "\n";
    }

    private static List<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path document : documents()) {
            BLOCK.matcher(Files.readString(document))
                    .results()
                    .map(match -> new Block(
                            ROOT.relativize(document).toString(), match.group(1), match.group(2), match.group(3)))
                    .forEach(blocks::add);
        }
        return blocks;
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    /**
     * A block of code in a document.
     *
     * @param document where it stands
     * @param file where its code comes from
     * @param part the part of the file; null for all of it
     * @param code what the document shows
     */
    private record Block(String document, String file, String part, String code) {}
}
