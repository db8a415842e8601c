package io.kaufmann.fuzz;

import java.util.stream.Stream;

/** The decoders that are fuzzed. */
final class FuzzTargets {

    private FuzzTargets() {}

    /** Their classes, by name: each stands in the package of what it tries. */
    static Stream<String> names() {
        return Stream.of(
                "io.kaufmann.codec.avro.AvroTarget",
                "io.kaufmann.codec.avro.BareTarget",
                "io.kaufmann.codec.avro.ResolvedTarget",
                "io.kaufmann.codec.json.JsonTarget",
                "io.kaufmann.schema.SchemaTarget",
                "io.kaufmann.event.PayloadTarget");
    }

    /** A target by its class's name. */
    static FuzzTarget target(String name) throws ReflectiveOperationException {
        return Class.forName(name).asSubclass(FuzzTarget.class).getConstructor().newInstance();
    }

    /** Its directory of kept inputs, below {@code fuzz} among the test resources. */
    static String shortName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
