package io.kaufmann.codec.avro;

/** A class that no schema must get loaded. */
public final class LoadedTrap {

    static {
        System.setProperty("kaufmann.test.trap", "loaded");
    }

    public LoadedTrap(String text) {
        System.setProperty("kaufmann.test.trap", "made of " + text);
    }
}
