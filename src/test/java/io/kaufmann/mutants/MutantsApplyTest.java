package io.kaufmann.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A change of the library may make a mutant unfit. {@code mvn -Pmutants} runs them; here it shows at once. */
class MutantsApplyTest {

    private static final Path PATCHES = Path.of("src/test/mutants").toAbsolutePath();

    static List<Mutant> mutants() throws IOException {
        return Mutant.all(PATCHES);
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(mutants()).hasSizeGreaterThanOrEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void fitsTheSources(Mutant mutant) throws Exception {
        Process check = new ProcessBuilder(
                        "git", "apply", "--check", mutant.patch().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
        assertThat(Class.forName(mutant.test())).isNotNull();
    }
}
