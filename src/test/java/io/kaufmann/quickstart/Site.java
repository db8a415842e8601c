package io.kaufmann.quickstart;

import io.kaufmann.testing.EmbeddedEnvironment;
import io.kaufmann.testing.TestEnvironment;
import io.kaufmann.testing.Topics;
import java.util.Optional;

/**
 * Where the quickstart runs: a broker and a registry, and what its things are called there.
 *
 * @param environment the broker and the registry
 * @param names what topics, group and subjects are called
 * @param origin where the broker and the registry come from, in words
 */
record Site(TestEnvironment environment, Names names, String origin) implements AutoCloseable {

    static final String BOOTSTRAP = "kaufmann.bootstrap.servers";
    static final String REGISTRY = "kaufmann.schema.registry.url";

    /** A broker and a registry of its own, or those that these system properties name. */
    static Site open() {
        Optional<String> bootstrap = property(BOOTSTRAP);
        Optional<String> registry = property(REGISTRY);
        if (bootstrap.isPresent() != registry.isPresent()) {
            throw new IllegalArgumentException(
                    "Give both -D" + BOOTSTRAP + "=host:port and -D" + REGISTRY + "=http://host:port, or none of them");
        }
        return bootstrap.isPresent()
                ? shared(GivenServers.open(bootstrap.get(), registry.orElseThrow()))
                : new Site(EmbeddedEnvironment.start(), Names.plain(), "started in this JVM");
    }

    /** In an environment that others use too. */
    static Site shared(TestEnvironment environment) {
        return new Site(
                environment, Names.apart(Topics.unique("")), "yours: the topics and the group below stay there");
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
    }

    void createTopics() {
        for (Channel channel : Channel.values()) {
            environment.topics().create(names.topic(channel), channel.partitions());
        }
    }

    @Override
    public void close() {
        environment.close();
    }
}
