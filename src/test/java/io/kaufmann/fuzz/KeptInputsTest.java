package io.kaufmann.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of the fuzzer, and every input that once was a finding: they are read or refused, without the fuzzer. */
@Timeout(60)
class KeptInputsTest {

    static Stream<Arguments> inputs() throws ReflectiveOperationException, IOException {
        List<Arguments> inputs = new ArrayList<>();
        for (String name : FuzzTargets.names().toList()) {
            FuzzTarget target = FuzzTargets.target(name);
            for (Map.Entry<String, byte[]> input :
                    Corpus.of(name, target).inputs().entrySet()) {
                inputs.add(Arguments.of(FuzzTargets.shortName(name), input.getKey(), target, input.getValue()));
            }
        }
        return inputs.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("inputs")
    void areReadOrRefused(String name, String file, FuzzTarget target, byte[] input) throws Throwable {
        new Guard(target).give(input);
    }
}
