package io.kaufmann.quickstart;

/**
 * An answer that the service owes for an event.
 *
 * @param kind what it must be
 * @param name its name without the ordering key
 * @param channel where it must be
 */
record Owed(Kind kind, String name, Channel channel) {

    static Owed reply(String name, Channel channel) {
        return new Owed(Kind.REPLY, name, channel);
    }

    static Owed error(Kind kind, String of, Channel channel) {
        return new Owed(kind, "event.error." + of, channel);
    }

    @Override
    public String toString() {
        return kind + ", " + name + ", on " + channel.topic();
    }
}
