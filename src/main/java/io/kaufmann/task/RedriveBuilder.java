package io.kaufmann.task;

import io.kaufmann.KaufmannConfig;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Says which dead letters a {@link Redrive} sends, and how. For one thread. */
public final class RedriveBuilder {

    private static final int USUAL_MAX_TIMES = 3;

    private final KaufmannConfig config;

    private Optional<String> from = Optional.empty();
    private Optional<String> to = Optional.empty();
    private Optional<String> rememberedBy = Optional.empty();

    // Which letters
    private Optional<String> group;
    private Optional<String> event = Optional.empty();
    private Optional<String> error = Optional.empty();
    private Optional<String> key = Optional.empty();
    private Optional<Instant> since = Optional.empty();
    private Optional<Instant> until = Optional.empty();

    // How many
    private OptionalLong limit = OptionalLong.empty();
    private OptionalInt rate = OptionalInt.empty();
    private int maxTimes = USUAL_MAX_TIMES;
    private boolean newTime;
    private boolean again;

    RedriveBuilder(KaufmannConfig config) {
        this.config = Objects.requireNonNull(config, "config");
        this.group = Optional.of(config.consumerGroup());
    }

    /**
     * The dead-letter topic; by default the configured one.
     *
     * @param topic the topic
     * @return this
     */
    public RedriveBuilder from(String topic) {
        from = Optional.of(topic);
        return this;
    }

    /**
     * One topic for all letters, instead of each letter's own.
     *
     * @param topic the topic
     * @return this
     */
    public RedriveBuilder to(String topic) {
        to = Optional.of(topic);
        return this;
    }

    /**
     * The consumer group whose commits tell what was redriven; by default the dead-letter topic's name and {@code .redrive}.
     *
     * @param name a group that nobody is a member of
     * @return this
     */
    public RedriveBuilder rememberedBy(String name) {
        rememberedBy = Optional.of(name);
        return this;
    }

    /**
     * Letters of this consumer group only; by default of the configured one.
     *
     * @param name the group
     * @return this
     */
    public RedriveBuilder group(String name) {
        group = Optional.of(name);
        return this;
    }

    /**
     * Letters of other consumer groups too. They reach all groups that read the topic.
     *
     * @return this
     */
    public RedriveBuilder anyGroup() {
        group = Optional.empty();
        return this;
    }

    /**
     * Letters of this event only.
     *
     * @param name the event's name without an ordering key, or its beginning and {@code *}
     * @return this
     */
    public RedriveBuilder event(String name) {
        event = Optional.of(name);
        return this;
    }

    /**
     * Letters of this error only.
     *
     * @param text a part of the exception's class or of the message
     * @return this
     */
    public RedriveBuilder error(String text) {
        error = Optional.of(text);
        return this;
    }

    /**
     * Letters of this ordering key only.
     *
     * @param orderingKey the key
     * @return this
     */
    public RedriveBuilder key(String orderingKey) {
        key = Optional.of(orderingKey);
        return this;
    }

    /**
     * Letters from this time on only.
     *
     * @param time when the first of them became one
     * @return this
     */
    public RedriveBuilder since(Instant time) {
        since = Optional.of(time);
        return this;
    }

    /**
     * Letters from before this time only.
     *
     * @param time when they are too new
     * @return this
     */
    public RedriveBuilder until(Instant time) {
        until = Optional.of(time);
        return this;
    }

    /**
     * So many letters at most; by default all.
     *
     * @param letters how many, from 1
     * @return this
     */
    public RedriveBuilder limit(long letters) {
        limit = OptionalLong.of(positive(letters, "limit"));
        return this;
    }

    /**
     * So many letters in a second at most; by default as many as the brokers take.
     *
     * @param letters how many, from 1
     * @return this
     */
    public RedriveBuilder rate(int letters) {
        rate = OptionalInt.of((int) positive(letters, "rate"));
        return this;
    }

    /**
     * How often an event may be redriven before it is left alone; by default 3 times.
     *
     * @param times how often, from 1
     * @return this
     */
    public RedriveBuilder maxTimes(int times) {
        maxTimes = (int) positive(times, "max-times");
        return this;
    }

    /**
     * With the time of now as the records' time, instead of their events' own: for events that are older than the topic that they
     * go to keeps its records, which could be deleted before anybody has read them.
     *
     * @return this
     */
    public RedriveBuilder newTime() {
        newTime = true;
        return this;
    }

    /**
     * Sends letters once more that were redriven already.
     *
     * @return this
     */
    public RedriveBuilder again() {
        again = true;
        return this;
    }

    /**
     * The task.
     *
     * @return what {@link Redrive#run} and {@link Redrive#dryRun} carry out
     * @throws TaskException when it is not known where the dead letters are, or what is said does not fit together
     */
    public Redrive build() {
        String source = from.orElseGet(this::configuredTopic);
        to.ifPresent(target -> {
            if (target.equals(source) || target.startsWith("__")) {
                throw new TaskException("Dead letters cannot be sent to '" + target + "' (--to): it is "
                        + (target.equals(source) ? "where they come from" : "Kafka's own") + ". Name another topic");
            }
        });
        String memory = rememberedBy.orElse(source + ".redrive");
        if (memory.equals(config.consumerGroup())) {
            throw new TaskException("The consumer group '" + memory
                    + "' is the service's own, its commits tell how far the service is. Name another to remember what was"
                    + " redriven (--remember-as)");
        }
        LetterFilter filter = new LetterFilter(group, event, error, key, since, until);
        return new Redrive(config, new RedrivePlan(source, to, filter, limit, maxTimes, rate, memory, newTime, again));
    }

    private String configuredTopic() {
        Set<String> topics = config.deadLetterTopic().topics();
        if (topics.size() != 1) {
            throw new TaskException((topics.isEmpty()
                            ? "The configuration names no dead-letter topic (kaufmann.dead.letter.topic)"
                            : "The configuration names several dead-letter topics: "
                                    + String.join(", ", topics.stream().sorted().toList()))
                    + ". Say which one to read (--from)");
        }
        return topics.iterator().next();
    }

    private static long positive(long number, String name) {
        if (number < 1) {
            throw new IllegalArgumentException(name + " is " + number + ": it begins with 1");
        }
        return number;
    }
}
