package io.kaufmann;

/**
 * Where a value was given, for messages.
 *
 * @param words goes after the key; empty when the key says it all
 */
record Source(String words) {

    /** The builder, or properties that have no name. */
    static final Source CODE = new Source("");

    static Source file(String path) {
        return new Source(" (in " + path + ")");
    }

    static Source variable(String name) {
        return new Source(" (from " + name + ")");
    }
}
