package io.kaufmann.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Tells the library's version, as its jar says it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(not from a jar)");
        return new String[] {"kaufmann " + version, "Java " + System.getProperty("java.version")};
    }
}
