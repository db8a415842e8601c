package io.kaufmann;

import io.kaufmann.KafkaClient.Scope;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.ErrorFormat;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.HandlerTimeoutException;
import io.kaufmann.handler.KeylessEvents;
import io.kaufmann.handler.Ordering;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.publish.CallbackTopics;
import io.kaufmann.publish.MetaSource;
import io.kaufmann.publish.PartitionStrategy;
import io.kaufmann.publish.ProducerFactory;
import io.kaufmann.publish.TopicStrategy;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Tracing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The configuration of a service: what it reads and writes, what it does, and within which limits. Immutable, and
 * thread-safe as far as the given objects are.
 *
 * <p>It comes from the builder, from {@link Properties} or a file of them ({@code kaufmann.max.demand}), or from environment
 * variables ({@code KAUFMANN_MAX_DEMAND}). Sources combine: they are read in the order of the calls, and of each setting the
 * last call's value holds.
 *
 * <pre>{@code
 * KaufmannConfig config = KaufmannConfig.builder()
 *         .file(Path.of("greeter.properties"))
 *         .environment()
 *         .eventHandler(new Greeter())
 *         .build();
 * }</pre>
 *
 * <p>Settings of Kafka's own clients, such as those for TLS and SASL, are passed through: {@code kafka.*} to all clients that
 * know them, {@code kafka.consumer.*} and {@code kafka.producer.*} to one kind and before the former.
 *
 * <p>Where a setting is an object, properties and environment take the name of a class with a public constructor without
 * arguments. Settings and defaults are listed in {@code docs/configuration.md}.
 */
// Long, but nothing to read: a method for each row of Settings. Whatever happens to a setting happens elsewhere.
public final class KaufmannConfig {

    private final SettingValues values;
    private final KafkaProperties kafka;

    private KaufmannConfig(ConfigResolver.Resolved resolved) {
        this.values = resolved.values();
        this.kafka = resolved.kafka();
    }

    /** {@return a builder in which nothing is set} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads properties.
     *
     * @param properties those that begin with {@code kaufmann.} or {@code kafka.} count
     * @return the configuration
     * @throws ConfigurationException when anything is wrong; it names everything that is
     */
    public static KaufmannConfig from(Properties properties) {
        return builder().properties(properties).build();
    }

    /**
     * Reads a file of properties.
     *
     * @param file in UTF-8, in the format of {@link Properties#load(java.io.Reader)}
     * @return the configuration
     * @throws ConfigurationException when anything is wrong; it names everything that is
     */
    public static KaufmannConfig from(Path file) {
        return builder().file(file).build();
    }

    /**
     * Reads this process's environment variables.
     *
     * @return the configuration
     * @throws ConfigurationException when anything is wrong; it names everything that is
     */
    public static KaufmannConfig fromEnvironment() {
        return builder().environment().build();
    }

    /**
     * Reads environment variables.
     *
     * @param environment those that begin with {@code KAUFMANN_} count
     * @return the configuration
     * @throws ConfigurationException when anything is wrong; it names everything that is
     */
    public static KaufmannConfig fromEnvironment(Map<String, String> environment) {
        return builder().environment(environment).build();
    }

    // Essential

    /** {@return the Kafka brokers to ask first} */
    public String bootstrapServers() {
        return values.get(Settings.BOOTSTRAP_SERVERS);
    }

    /**
     * {@return the address of the schema registry, or several separated by commas; empty when no format needs it. May have a
     * user and password in it, so it is not for showing}
     */
    public Optional<String> schemaRegistryUrl() {
        return values.find(Settings.SCHEMA_REGISTRY_URL);
    }

    /**
     * A client of the schema registry, with the credentials and the TLS settings that are configured. It caches nothing.
     *
     * @return the client; empty when no registry is configured
     * @throws IllegalArgumentException when the address cannot be used, or the TLS settings
     */
    public Optional<SchemaRegistry> schemaRegistry() {
        return schemaRegistryUrl().map(url -> RegistryClient.of(url, this));
    }

    /** {@return the consumer group} */
    public String consumerGroup() {
        return values.get(Settings.CONSUMER_GROUP);
    }

    /** {@return the topic to read from and to publish to, as far as nothing else is stated} */
    public String defaultTopic() {
        return values.get(Settings.DEFAULT_TOPIC);
    }

    /** {@return the service's name: the {@code emitter_service} of the events it sends} */
    public String serviceName() {
        return values.get(Settings.SERVICE_NAME);
    }

    /** {@return what the service does with its events} */
    public EventHandler eventHandler() {
        return values.get(Settings.EVENT_HANDLER);
    }

    // Frequently used

    /** {@return the instance: the {@code emitter_service_id} of the events it sends} */
    public String serviceId() {
        return values.get(Settings.SERVICE_ID);
    }

    /** {@return the service's own topics} */
    public List<String> defaultTopics() {
        return values.get(Settings.DEFAULT_TOPICS);
    }

    /** {@return the topics that the service reads} */
    public List<String> subscriptionTopics() {
        return values.get(Settings.SUBSCRIPTION_TOPICS);
    }

    /** {@return where an event goes that states no target} */
    public String defaultPublishTopic() {
        return values.get(Settings.DEFAULT_PUBLISH_TOPIC);
    }

    /** {@return the callback topics that received events may name} */
    public CallbackTopics callbackTopics() {
        return values.get(Settings.CALLBACK_TOPICS);
    }

    /** {@return what kind of threads the workers are} */
    public Workers workers() {
        return values.get(Settings.WORKERS);
    }

    /** {@return how many events are handled at once} */
    public int maxDemand() {
        return values.get(Settings.MAX_DEMAND);
    }

    /** {@return how many Kafka consumers read, each on a thread} */
    public int consumerThreads() {
        return values.get(Settings.CONSUMER_THREADS);
    }

    /** {@return where a new consumer group begins} */
    public OffsetReset autoOffsetReset() {
        return values.get(Settings.AUTO_OFFSET_RESET);
    }

    /** {@return chooses the topics of an event that states no target} */
    public TopicStrategy topicStrategy() {
        return values.get(Settings.TOPIC_STRATEGY);
    }

    /** {@return chooses the partition of an event whose target states none} */
    public PartitionStrategy partitionStrategy() {
        return values.get(Settings.PARTITION_STRATEGY);
    }

    /**
     * The formats of events, made anew, with the rules that are configured for them.
     *
     * @param registry the registry that those which need one ask
     * @return the transcoders
     * @throws IllegalArgumentException when a rule names none of them, or files that they need cannot be used
     * @throws IllegalStateException when a library that they need is not on the class path
     */
    public Transcoders transcoders(SchemaRegistry registry) {
        return transcoders(() -> registry);
    }

    Transcoders transcoders(Supplier<SchemaRegistry> registry) {
        return rules().addTo(values.get(Settings.TRANSCODERS).make(this, registry));
    }

    /**
     * Whether {@link #transcoders} makes those that may need closing, so that the service closes them in the end. Ready-made
     * ones, and objects of classes that are named, last as long as this configuration.
     */
    boolean makesTranscoders() {
        return values.get(Settings.TRANSCODERS) instanceof TranscoderPlan.MadeOver;
    }

    /** Whether one of the formats may ask a schema registry. */
    boolean mayAskRegistry() {
        return values.get(Settings.TRANSCODERS).mayAskRegistry();
    }

    private TranscoderRules rules() {
        return values.get(Settings.TRANSCODER_RULES);
    }

    /** {@return the rules that say which events have which format, as they are written in settings; may be empty} */
    public String transcoderRules() {
        return rules().toString();
    }

    /** {@return where an event's name stands} */
    public EventNaming eventNaming() {
        return values.get(Settings.EVENT_NAMING);
    }

    /** {@return which events of a partition are handled one after the other} */
    public Ordering ordering() {
        return values.get(Settings.ORDERING);
    }

    /** {@return what holds of an event's replies when a process crashes} */
    public ProcessingGuarantee processingGuarantee() {
        return values.get(Settings.PROCESSING_GUARANTEE);
    }

    /** {@return whether an event whose handler threw is handled again} */
    public RetryPolicy retryPolicy() {
        return values.get(Settings.RETRY_POLICY);
    }

    /** {@return which topic keeps the events that failed for good} */
    public DeadLetters deadLetterTopic() {
        return values.get(Settings.DEAD_LETTER_TOPIC);
    }

    /** {@return how long the handler may take for an event; empty for as long as it likes} */
    public Optional<Duration> handlerTimeLimit() {
        return values.find(Settings.HANDLER_TIME_LIMIT);
    }

    /** {@return the port where it tells how it does; empty for none} */
    public Optional<Integer> httpPort() {
        return values.find(Settings.HTTP_PORT);
    }

    /** {@return how long a stop or a lost partition waits for events that are being handled} */
    public Duration drainTimeout() {
        return values.get(Settings.DRAIN_TIMEOUT);
    }

    /** {@return how long a start waits for the broker and the registry before it fails} */
    public Duration startTimeout() {
        return values.get(Settings.START_TIMEOUT);
    }

    /** {@return whether the service stops in order when the JVM shuts down} */
    public boolean shutdownHook() {
        return values.get(Settings.SHUTDOWN_HOOK);
    }

    // Rare

    /** {@return how many events are held in memory, waiting ones included} */
    public int maxInFlightEvents() {
        return values.get(Settings.MAX_IN_FLIGHT_EVENTS);
    }

    /** {@return how many bytes the events that are held in memory may weigh together} */
    public long maxInFlightBytes() {
        return values.get(Settings.MAX_IN_FLIGHT_BYTES);
    }

    /** {@return for each partition: how far, in offsets, it is read ahead of what is committed} */
    public long maxUncommitted() {
        return values.get(Settings.MAX_UNCOMMITTED);
    }

    /** {@return how many workers one partition may hold; empty for an even share} */
    public Optional<Integer> maxDemandPerPartition() {
        return values.find(Settings.MAX_DEMAND_PER_PARTITION);
    }

    /** {@return with ordering by key, what of the events without one} */
    public KeylessEvents keylessEvents() {
        return values.get(Settings.KEYLESS_EVENTS);
    }

    /** {@return whether later events of a key follow one that went to the dead letters} */
    public boolean deadLetterParking() {
        return values.get(Settings.DEAD_LETTER_PARKING);
    }

    /** {@return how many workers that are lost in handlers are replaced} */
    public int maxLostWorkers() {
        return values.get(Settings.MAX_LOST_WORKERS);
    }

    /** {@return after how long an event that does not go on is told as stalled} */
    public Duration stallAfter() {
        return values.get(Settings.STALL_AFTER);
    }

    /** {@return how long after it has finished an event is committed at the latest} */
    public Duration commitInterval() {
        return values.get(Settings.COMMIT_INTERVAL);
    }

    /** {@return how many finished events bring a commit before the interval is over} */
    public int commitThreshold() {
        return values.get(Settings.COMMIT_THRESHOLD);
    }

    /** {@return how offsets are committed while events are handled} */
    public CommitStrategy commitStrategy() {
        return values.get(Settings.COMMIT_STRATEGY);
    }

    /** {@return how many characters of a commit may tell which later events are finished} */
    public int gapMapLimit() {
        return values.get(Settings.GAP_MAP_LIMIT);
    }

    /** {@return how the transactional ids of this instance begin; empty unless it was set} */
    public Optional<String> transactionalIdPrefix() {
        return values.find(Settings.TRANSACTIONAL_ID_PREFIX);
    }

    /** {@return the folders with the service's own schemas; may be empty} */
    public List<Path> schemaPath() {
        return values.get(Settings.SCHEMA_PATH);
    }

    /** {@return how long the registry's answer for a subject's latest schema is good} */
    public Duration schemaCacheExpires() {
        return values.get(Settings.SCHEMA_CACHE_EXPIRES);
    }

    /** {@return the schema that a handler reads} */
    public ReaderSchema readerSchema() {
        return values.get(Settings.READER_SCHEMA);
    }

    /** {@return the schema that events are written with} */
    public WriterSchema writerSchema() {
        return values.get(Settings.WRITER_SCHEMA);
    }

    /** {@return whether the service's own schema is registered when the first event is written with it} */
    public boolean autoRegister() {
        return values.get(Settings.AUTO_REGISTER);
    }

    /** {@return the folders with JSON Schemas that JSON events are checked against; may be empty} */
    public List<Path> jsonSchemaPath() {
        return values.get(Settings.JSON_SCHEMA_PATH);
    }

    /** {@return chooses the registry's subject for an event} */
    public SubjectStrategy subjectStrategy() {
        return values.get(Settings.SUBJECT_STRATEGY);
    }

    /** {@return the user for the registry's basic authentication; empty when there is none} */
    public Optional<String> registryUser() {
        return values.find(Settings.REGISTRY_USER);
    }

    /** {@return the password for the registry's basic authentication; empty when there is none} */
    public Optional<String> registryPassword() {
        return values.find(Settings.REGISTRY_PASSWORD);
    }

    /** {@return the token for the registry's bearer authentication; empty when there is none} */
    public Optional<String> registryToken() {
        return values.find(Settings.REGISTRY_TOKEN);
    }

    /** {@return what makes the metadata of the events that are sent; empty for KaufmannEx's} */
    public Optional<MetaSource> metaSource() {
        return values.find(Settings.META_SOURCE);
    }

    /** {@return makes the producer that everything is sent with} */
    public ProducerFactory producerFactory() {
        return values.get(Settings.PRODUCER_FACTORY);
    }

    /** {@return makes the {@code error} field of error events} */
    public ErrorFormat errorFormat() {
        return values.get(Settings.ERROR_FORMAT);
    }

    /** {@return what hears of each event; empty for Micrometer's global registry} */
    public Optional<Telemetry> telemetry() {
        return values.find(Settings.TELEMETRY);
    }

    /** {@return what follows events from service to service} */
    public Tracing tracing() {
        return values.get(Settings.TRACING);
    }

    /** {@return whether a stall makes the service not live} */
    public boolean stalledNotLive() {
        return values.get(Settings.STALLED_NOT_LIVE);
    }

    /** {@return how often the broker and the registry are asked whether they answer} */
    public Duration probeInterval() {
        return values.get(Settings.PROBE_INTERVAL);
    }

    /** {@return the address that the HTTP port is opened on} */
    public String httpHost() {
        return values.get(Settings.HTTP_HOST);
    }

    /** {@return the names that it may be asked by over HTTP} */
    public List<String> httpAllowedHosts() {
        return values.get(Settings.HTTP_ALLOWED_HOSTS);
    }

    // Kafka's own

    /**
     * What Kafka consumers are given: the brokers and what was passed through. Passwords are of Kafka's type that hides
     * itself when it is printed.
     *
     * @return the properties, by Kafka's names; unmodifiable
     */
    public Map<String, Object> consumerProperties() {
        return kafka.of(KafkaClient.CONSUMER);
    }

    /**
     * What Kafka producers are given: the brokers and what was passed through. Passwords are of Kafka's type that hides
     * itself when it is printed.
     *
     * @return the properties, by Kafka's names; unmodifiable
     */
    public Map<String, Object> producerProperties() {
        return kafka.of(KafkaClient.PRODUCER);
    }

    /**
     * What Kafka admin clients are given: the brokers and what was passed through to all clients. Passwords are of Kafka's
     * type that hides itself when it is printed.
     *
     * @return the properties, by Kafka's names; unmodifiable
     */
    public Map<String, Object> adminProperties() {
        return kafka.of(KafkaClient.ADMIN);
    }

    /**
     * The schema registry's settings for TLS. Passwords are of Kafka's type that hides itself when it is printed.
     *
     * @return the properties, by Kafka's names; unmodifiable, empty when none is set
     */
    public Map<String, Object> registryProperties() {
        return kafka.of(KafkaClient.REGISTRY);
    }

    /** {@return all settings by key, secrets hidden} */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "KaufmannConfig[", "]");
        values.show(text);
        kafka.show(text);
        return text.toString();
    }

    /**
     * Gathers settings; nothing is judged before {@link #build}. Of calls that set the same thing, the last one holds. Not
     * thread-safe.
     */
    public static final class Builder {

        private final ConfigInputs inputs = new ConfigInputs();

        private Builder() {}

        private <T> Builder with(Setting<T> setting, T value) {
            inputs.value(setting, value);
            return this;
        }

        // A null in a list is as wrong as a null list, and build() says so of both.
        private static <E> List<E> copy(List<E> items) {
            return items == null || items.stream().anyMatch(Objects::isNull)
                    ? null
                    : items.stream().distinct().toList();
        }

        /**
         * Makes the configuration. The builder can be used on.
         *
         * @return the configuration
         * @throws ConfigurationException when anything is wrong; it names everything that is
         */
        public KaufmannConfig build() {
            return new KaufmannConfig(new ConfigResolver(inputs).resolve());
        }

        // Sources

        /**
         * Reads properties.
         *
         * @param properties those that begin with {@code kaufmann.} or {@code kafka.} count
         * @return this builder
         */
        public Builder properties(Properties properties) {
            new PropertiesReader(inputs).properties(properties, Source.CODE);
            return this;
        }

        /**
         * Reads a file of properties, now. A file that cannot be read is a problem of {@link #build}.
         *
         * @param file in UTF-8, in the format of {@link Properties#load(java.io.Reader)}
         * @return this builder
         */
        public Builder file(Path file) {
            new PropertiesReader(inputs).file(file);
            return this;
        }

        /**
         * Reads this process's environment variables.
         *
         * @return this builder
         */
        public Builder environment() {
            return environment(System.getenv());
        }

        /**
         * Reads environment variables.
         *
         * @param environment those that begin with {@code KAUFMANN_} count, unless they are blank
         * @return this builder
         */
        public Builder environment(Map<String, String> environment) {
            new EnvironmentReader(inputs).read(environment);
            return this;
        }

        // Essential

        /**
         * The Kafka brokers to ask first. Essential.
         *
         * @param servers {@code host:port}, several separated by commas
         * @return this builder
         */
        public Builder bootstrapServers(String servers) {
            return with(Settings.BOOTSTRAP_SERVERS, servers);
        }

        /**
         * The schema registry. Essential.
         *
         * @param url its http or https address, or several separated by commas; may have a user and password in it
         * @return this builder
         */
        public Builder schemaRegistryUrl(String url) {
            return with(Settings.SCHEMA_REGISTRY_URL, url);
        }

        /**
         * The consumer group, whose members share the partitions. Essential.
         *
         * @param group its name
         * @return this builder
         */
        public Builder consumerGroup(String group) {
            return with(Settings.CONSUMER_GROUP, group);
        }

        /**
         * The topic to read from and to publish to, as far as nothing else is stated. Essential.
         *
         * @param topic its name
         * @return this builder
         */
        public Builder defaultTopic(String topic) {
            return with(Settings.DEFAULT_TOPIC, topic);
        }

        /**
         * The service's name: the {@code emitter_service} of the events it sends. Essential.
         *
         * @param name the name
         * @return this builder
         */
        public Builder serviceName(String name) {
            return with(Settings.SERVICE_NAME, name);
        }

        /**
         * What the service does with its events. Essential.
         *
         * @param handler the handler; it must accept some event
         * @return this builder
         */
        public Builder eventHandler(EventHandler handler) {
            return with(Settings.EVENT_HANDLER, handler);
        }

        // Frequently used

        /**
         * The instance: the {@code emitter_service_id} of the events it sends. Default: the host's name, or a random id.
         *
         * @param id a text that differs between the instances of the service
         * @return this builder
         */
        public Builder serviceId(String id) {
            return with(Settings.SERVICE_ID, id);
        }

        /**
         * The service's own topics. Default: the default topic.
         *
         * @param topics their names, at least one
         * @return this builder
         */
        public Builder defaultTopics(String... topics) {
            return defaultTopics(Arrays.asList(topics));
        }

        /**
         * The service's own topics. Default: the default topic.
         *
         * @param topics their names, at least one
         * @return this builder
         */
        public Builder defaultTopics(List<String> topics) {
            return with(Settings.DEFAULT_TOPICS, copy(topics));
        }

        /**
         * The topics that the service reads. Default: the default topics.
         *
         * @param topics their names, at least one
         * @return this builder
         */
        public Builder subscriptionTopics(String... topics) {
            return subscriptionTopics(Arrays.asList(topics));
        }

        /**
         * The topics that the service reads. Default: the default topics.
         *
         * @param topics their names, at least one
         * @return this builder
         */
        public Builder subscriptionTopics(List<String> topics) {
            return with(Settings.SUBSCRIPTION_TOPICS, copy(topics));
        }

        /**
         * Where an event goes that states no target. Default: the default topic.
         *
         * @param topic its name
         * @return this builder
         */
        public Builder defaultPublishTopic(String topic) {
            return with(Settings.DEFAULT_PUBLISH_TOPIC, topic);
        }

        /**
         * The callback topics that received events may name. Default: the topics that the service reads and publishes to.
         *
         * @param topics names, and patterns in which {@code *} stands for any characters; none allows no callback at all
         * @return this builder
         * @throws IllegalArgumentException when one of them could never allow a topic
         */
        public Builder callbackTopics(String... topics) {
            return callbackTopics(CallbackTopics.of(topics));
        }

        /**
         * The callback topics that received events may name. Default: the topics that the service reads and publishes to.
         *
         * @param topics the allowed ones
         * @return this builder
         */
        public Builder callbackTopics(CallbackTopics topics) {
            return with(Settings.CALLBACK_TOPICS, topics);
        }

        /**
         * What kind of threads the workers are. Virtual ones suit handlers that mostly wait; they need Java 21. Default: platform.
         *
         * @param kind the kind
         * @return this builder
         */
        public Builder workers(Workers kind) {
            return with(Settings.WORKERS, kind);
        }

        /**
         * How many events are handled at once: the workers. Default: 50, or 10,000 virtual ones.
         *
         * @param events from 1
         * @return this builder
         */
        public Builder maxDemand(int events) {
            return with(Settings.MAX_DEMAND, events);
        }

        /**
         * How many Kafka consumers read, each on a thread. Default: 1.
         *
         * @param threads from 1
         * @return this builder
         */
        public Builder consumerThreads(int threads) {
            return with(Settings.CONSUMER_THREADS, threads);
        }

        /**
         * Where a new consumer group begins. Default: with new events.
         *
         * @param reset with new events or with the oldest
         * @return this builder
         */
        public Builder autoOffsetReset(OffsetReset reset) {
            return with(Settings.AUTO_OFFSET_RESET, reset);
        }

        /**
         * Chooses the topics of an event that states no target. Default: {@link TopicStrategy#defaultTopic()}.
         *
         * @param strategy the rule
         * @return this builder
         */
        public Builder topicStrategy(TopicStrategy strategy) {
            return with(Settings.TOPIC_STRATEGY, strategy);
        }

        /**
         * Chooses the partition of an event whose target states none. Default: {@link PartitionStrategy#orderingKey()}.
         *
         * @param strategy the rule
         * @return this builder
         */
        public Builder partitionStrategy(PartitionStrategy strategy) {
            return with(Settings.PARTITION_STRATEGY, strategy);
        }

        /**
         * The formats of events, by name: {@code avro} (Confluent's wire format), {@code bare} (KaufmannEx's), {@code json},
         * or the name of a class. The first that can decodes, and the first encodes, unless a rule or a publication says
         * otherwise. Default: {@code avro}.
         *
         * @param names the names, in the order in which they are tried
         * @return this builder
         */
        public Builder transcoders(String... names) {
            inputs.text(Settings.TRANSCODERS, String.join(",", names), Source.CODE);
            return this;
        }

        /**
         * The formats of events, ready-made.
         *
         * @param transcoders the formats, in the order in which they are tried
         * @return this builder
         */
        public Builder transcoders(Transcoders transcoders) {
            return with(Settings.TRANSCODERS, transcoders == null ? null : new TranscoderPlan.Made(transcoders));
        }

        /**
         * The formats of events, made over the service's own schema registry when it starts, and closed when it ends if they
         * can be.
         *
         * @param maker makes them
         * @return this builder
         */
        public Builder transcoders(Function<SchemaRegistry, Transcoders> maker) {
            return with(Settings.TRANSCODERS, maker == null ? null : new TranscoderPlan.MadeOver(maker));
        }

        /**
         * Which events have which format, by event name first and then by topic; of several that match, the first. Default:
         * none.
         *
         * @param rules {@code event:NAME=TRANSCODER} or {@code topic:NAME=TRANSCODER}, separated by commas; a name may end in
         *     an asterisk
         * @return this builder
         */
        public Builder transcoderRules(String rules) {
            inputs.text(Settings.TRANSCODER_RULES, rules, Source.CODE);
            return this;
        }

        /**
         * Where an event's name stands. Default: {@link EventNaming#key()}.
         *
         * @param naming the place
         * @return this builder
         */
        public Builder eventNaming(EventNaming naming) {
            return with(Settings.EVENT_NAMING, naming);
        }

        /**
         * Which events of a partition are handled one after the other, in their order. Default: none, so that all are handled
         * in parallel.
         *
         * @param ordering none, those of the same ordering key, or all
         * @return this builder
         */
        public Builder ordering(Ordering ordering) {
            return with(Settings.ORDERING, ordering);
        }

        /**
         * What holds of an event's replies when a process crashes, or a partition moves, while the event is handled. Default:
         * {@link ProcessingGuarantee#AT_LEAST_ONCE}. A replay of a service always runs at least once.
         *
         * @param guarantee at least once, or exactly once
         * @return this builder
         */
        public Builder processingGuarantee(ProcessingGuarantee guarantee) {
            return with(Settings.PROCESSING_GUARANTEE, guarantee);
        }

        /**
         * Whether an event whose handler threw is handled again, and when. Default: {@link RetryPolicy#none()}.
         *
         * @param policy the rule
         * @return this builder
         */
        public Builder retryPolicy(RetryPolicy policy) {
            return with(Settings.RETRY_POLICY, policy);
        }

        /**
         * The topic that keeps the events which failed for good. Default: none, so that a failed event is answered by its
         * error event alone.
         *
         * @param topic a topic that the service does not read
         * @return this builder
         */
        public Builder deadLetterTopic(String topic) {
            inputs.text(Settings.DEAD_LETTER_TOPIC, topic, Source.CODE);
            return this;
        }

        /**
         * Which topic keeps an event that failed for good. Default: none.
         *
         * @param rule chooses the topic, event by event
         * @return this builder
         */
        public Builder deadLetterTopic(DeadLetters rule) {
            return with(Settings.DEAD_LETTER_TOPIC, rule);
        }

        /**
         * How long the handler may take for an event. After that the event fails with a {@link HandlerTimeoutException}, and
         * the handler's thread is interrupted. Default: as long as it likes.
         *
         * @param limit from a millisecond
         * @return this builder
         */
        public Builder handlerTimeLimit(Duration limit) {
            return with(Settings.HANDLER_TIME_LIMIT, limit);
        }

        /**
         * Where it tells over HTTP how it does: {@code /live}, {@code /ready}, {@code /health}, {@code /metrics}, and {@code /} for
         * people. Default: nowhere.
         *
         * @param port 0 takes a free one
         * @return this builder
         */
        public Builder httpPort(int port) {
            return with(Settings.HTTP_PORT, port);
        }

        /**
         * How long a stop or a lost partition waits for events that are being handled. Default: 20 seconds.
         *
         * @param timeout zero does not wait; below Kafka's {@code max.poll.interval.ms}
         * @return this builder
         */
        public Builder drainTimeout(Duration timeout) {
            return with(Settings.DRAIN_TIMEOUT, timeout);
        }

        /**
         * How long a start waits for the broker and the registry before it fails. Default: 30 seconds.
         *
         * @param timeout from a millisecond
         * @return this builder
         */
        public Builder startTimeout(Duration timeout) {
            return with(Settings.START_TIMEOUT, timeout);
        }

        /**
         * Whether the service stops in order when the JVM shuts down. Default: true.
         *
         * @param stops false leaves that to you
         * @return this builder
         */
        public Builder shutdownHook(boolean stops) {
            return with(Settings.SHUTDOWN_HOOK, stops);
        }

        // Rare

        /**
         * How many events are held in memory, waiting ones included. Default: 10,000.
         *
         * @param events not below {@link #maxDemand}
         * @return this builder
         */
        public Builder maxInFlightEvents(int events) {
            return with(Settings.MAX_IN_FLIGHT_EVENTS, events);
        }

        /**
         * How much the events that are held in memory may weigh together. Default: 64 MiB.
         *
         * @param bytes from 1
         * @return this builder
         */
        public Builder maxInFlightBytes(long bytes) {
            return with(Settings.MAX_IN_FLIGHT_BYTES, bytes);
        }

        /**
         * For each partition: how far, in offsets, it is read ahead of what is committed. Default: 100,000.
         *
         * @param events from 1
         * @return this builder
         */
        public Builder maxUncommitted(long events) {
            return with(Settings.MAX_UNCOMMITTED, events);
        }

        /**
         * How many workers the events of one partition may hold at once. Default: an even share, so that a partition whose
         * events hang leaves the others their workers.
         *
         * @param events not above {@link #maxDemand}
         * @return this builder
         */
        public Builder maxDemandPerPartition(int events) {
            return with(Settings.MAX_DEMAND_PER_PARTITION, events);
        }

        /**
         * With {@link Ordering#KEY}: whether events without an ordering key are handled in parallel, or one after the other.
         * Default: in parallel.
         *
         * @param rule what of them
         * @return this builder
         */
        public Builder keylessEvents(KeylessEvents rule) {
            return with(Settings.KEYLESS_EVENTS, rule);
        }

        /**
         * With {@link Ordering#KEY}: whether later events of a key follow one that went to the dead letters there, unhandled,
         * so that their order survives when they are delivered again. Default: false.
         *
         * @param parks whether they do
         * @return this builder
         */
        public Builder deadLetterParking(boolean parks) {
            return with(Settings.DEAD_LETTER_PARKING, parks);
        }

        /**
         * How many workers may be lost in handlers that take longer than {@link #handlerTimeLimit} and do not heed their
         * interrupt, and be replaced by others. Default: as many as {@link #maxDemand}.
         *
         * @param workers from 0
         * @return this builder
         */
        public Builder maxLostWorkers(int workers) {
            return with(Settings.MAX_LOST_WORKERS, workers);
        }

        /**
         * After how long an event that does not go on is told as stalled, by {@link Kaufmann#health()} and in the log.
         * Default: 1 minute.
         *
         * @param time from 2 seconds
         * @return this builder
         */
        public Builder stallAfter(Duration time) {
            return with(Settings.STALL_AFTER, time);
        }

        /**
         * How long after it has finished an event is committed at the latest. Default: a second; with {@link
         * ProcessingGuarantee#EXACTLY_ONCE}, where its replies wait for that too, 100 milliseconds.
         *
         * @param interval from a millisecond
         * @return this builder
         */
        public Builder commitInterval(Duration interval) {
            return with(Settings.COMMIT_INTERVAL, interval);
        }

        /**
         * How many finished events bring a commit before the interval is over. Default: 10,000.
         *
         * @param events from 1
         * @return this builder
         */
        public Builder commitThreshold(int events) {
            return with(Settings.COMMIT_THRESHOLD, events);
        }

        /**
         * How offsets are committed while events are handled. Default: {@link CommitStrategy#ASYNC}. Of no use with {@link
         * ProcessingGuarantee#EXACTLY_ONCE}, whose commits are transactions.
         *
         * @param strategy the way
         * @return this builder
         */
        public Builder commitStrategy(CommitStrategy strategy) {
            return with(Settings.COMMIT_STRATEGY, strategy);
        }

        /**
         * How many characters a commit may have to tell which later events are finished, so that they are not handled again
         * after a crash. Default: 2,000; always 0 with {@link ProcessingGuarantee#EXACTLY_ONCE}, where the replies of these
         * events are not published yet.
         *
         * @param characters 0 for none; below the broker's {@code offset.metadata.max.bytes}
         * @return this builder
         */
        public Builder gapMapLimit(int characters) {
            return with(Settings.GAP_MAP_LIMIT, characters);
        }

        /**
         * With {@link ProcessingGuarantee#EXACTLY_ONCE}: how the transactional ids of this instance begin; each consumer thread
         * adds a dash and its number. Kafka lets only one producer go on under an id, so no two instances may share one. Default:
         * the consumer group, a colon and Kafka's {@code group.instance.id}, so that a restarted instance ends at once what its
         * predecessor left open; without such an id something random takes its place.
         *
         * @param prefix a text that no other instance of any service has
         * @return this builder
         */
        public Builder transactionalIdPrefix(String prefix) {
            return with(Settings.TRANSACTIONAL_ID_PREFIX, prefix);
        }

        /**
         * The folders with the service's own Avro schemas, each in a file named after its subject. Default: none.
         *
         * @param folders the folders
         * @return this builder
         */
        public Builder schemaPath(Path... folders) {
            return schemaPath(Arrays.asList(folders));
        }

        /**
         * The folders with the service's own schemas, for tasks and tests. Default: none.
         *
         * @param folders the folders
         * @return this builder
         */
        public Builder schemaPath(List<Path> folders) {
            return with(Settings.SCHEMA_PATH, copy(folders));
        }

        /**
         * How long the registry's answer for a subject's latest schema is good. Default: 10 minutes.
         *
         * @param time from a millisecond
         * @return this builder
         */
        public Builder schemaCacheExpires(Duration time) {
            return with(Settings.SCHEMA_CACHE_EXPIRES, time);
        }

        /**
         * The schema that a handler reads. Default: {@link ReaderSchema#WRITER}.
         *
         * @param schema whose it is
         * @return this builder
         */
        public Builder readerSchema(ReaderSchema schema) {
            return with(Settings.READER_SCHEMA, schema);
        }

        /**
         * The schema that events are written with. Default: {@link WriterSchema#LATEST}.
         *
         * @param schema whose it is
         * @return this builder
         */
        public Builder writerSchema(WriterSchema schema) {
            return with(Settings.WRITER_SCHEMA, schema);
        }

        /**
         * Whether the service's own schema is registered when the first event is written with it. Default: no.
         *
         * @param register true to register
         * @return this builder
         */
        public Builder autoRegister(boolean register) {
            return with(Settings.AUTO_REGISTER, register);
        }

        /**
         * The folders with JSON Schemas that JSON events are checked against, each in a file named after its event. Default:
         * none.
         *
         * @param folders the folders
         * @return this builder
         */
        public Builder jsonSchemaPath(List<Path> folders) {
            return with(Settings.JSON_SCHEMA_PATH, copy(folders));
        }

        /**
         * Chooses the registry's subject for an event. Default: {@link SubjectStrategy#eventName()}.
         *
         * @param strategy the rule
         * @return this builder
         */
        public Builder subjectStrategy(SubjectStrategy strategy) {
            return with(Settings.SUBJECT_STRATEGY, strategy);
        }

        /**
         * The user for the registry's basic authentication. Default: none.
         *
         * @param user goes with {@link #registryPassword}
         * @return this builder
         */
        public Builder registryUser(String user) {
            return with(Settings.REGISTRY_USER, user);
        }

        /**
         * The password for the registry's basic authentication. Default: none. Nothing that Kaufmann writes shows it.
         *
         * @param password goes with {@link #registryUser}
         * @return this builder
         */
        public Builder registryPassword(String password) {
            return with(Settings.REGISTRY_PASSWORD, password);
        }

        /**
         * The token for the registry's bearer authentication. Default: none. Nothing that Kaufmann writes shows it.
         *
         * @param token in place of user and password
         * @return this builder
         */
        public Builder registryToken(String token) {
            return with(Settings.REGISTRY_TOKEN, token);
        }

        /**
         * Makes the metadata of the events that are sent. Default: {@link MetaSource#standard}.
         *
         * @param source the source
         * @return this builder
         */
        public Builder metaSource(MetaSource source) {
            return with(Settings.META_SOURCE, source);
        }

        /**
         * Makes the producer that everything is sent with. Default: Kafka's own.
         *
         * @param factory the maker
         * @return this builder
         */
        public Builder producerFactory(ProducerFactory factory) {
            return with(Settings.PRODUCER_FACTORY, factory);
        }

        /**
         * Makes the {@code error} field of error events. Default: {@link ErrorFormat#standard()}.
         *
         * @param format the rule
         * @return this builder
         */
        public Builder errorFormat(ErrorFormat format) {
            return with(Settings.ERROR_FORMAT, format);
        }

        /**
         * Hears what the service does, event by event. Default: Micrometer's global registry.
         *
         * @param telemetry the listener; {@link Telemetry#all} for several
         * @return this builder
         */
        public Builder telemetry(Telemetry telemetry) {
            return with(Settings.TELEMETRY, telemetry);
        }

        /**
         * Follows events from service to service. Default: {@link Tracing#NONE}.
         *
         * @param tracing such as {@code io.kaufmann.telemetry.micrometer.MicrometerTracing}
         * @return this builder
         */
        public Builder tracing(Tracing tracing) {
            return with(Settings.TRACING, tracing);
        }

        /**
         * Whether a handler that is stalled makes the service not live, so that an orchestrator restarts it. Default: false, since the event that
         * stalled comes back after a restart.
         *
         * @param notLive whether it does
         * @return this builder
         */
        public Builder stalledNotLive(boolean notLive) {
            return with(Settings.STALLED_NOT_LIVE, notLive);
        }

        /**
         * How often the broker is asked for the ends of partitions, which tells the lag, and the registry whether it answers.
         * Default: 5 seconds.
         *
         * @param interval from a second
         * @return this builder
         */
        public Builder probeInterval(Duration interval) {
            return with(Settings.PROBE_INTERVAL, interval);
        }

        /**
         * The address that {@link #httpPort} is opened on. Default: 127.0.0.1.
         *
         * @param host a name or an address of this machine; 0.0.0.0 for all of them
         * @return this builder
         */
        public Builder httpHost(String host) {
            return with(Settings.HTTP_HOST, host);
        }

        /**
         * The names that it may be asked by over HTTP, besides addresses, {@code localhost} and {@link #httpHost}: others are
         * refused, for they may be a strange page's. Default: none.
         *
         * @param names names of hosts
         * @return this builder
         */
        public Builder httpAllowedHosts(List<String> names) {
            return with(Settings.HTTP_ALLOWED_HOSTS, names);
        }

        // Kafka's own

        /**
         * A setting for all Kafka clients that know it: {@code security.protocol}.
         *
         * @param key Kafka's name of it
         * @param value its value
         * @return this builder
         */
        public Builder kafka(String key, String value) {
            return kafka(Scope.COMMON, key, value);
        }

        /**
         * A setting for Kafka consumers: {@code fetch.min.bytes}.
         *
         * @param key Kafka's name of it
         * @param value its value
         * @return this builder
         */
        public Builder kafkaConsumer(String key, String value) {
            return kafka(Scope.CONSUMER, key, value);
        }

        /**
         * A setting for Kafka producers: {@code compression.type}.
         *
         * @param key Kafka's name of it
         * @param value its value
         * @return this builder
         */
        public Builder kafkaProducer(String key, String value) {
            return kafka(Scope.PRODUCER, key, value);
        }

        /**
         * A setting for TLS with the schema registry, by Kafka's name of it: {@code ssl.truststore.location}. What is set for
         * Kafka's clients does not reach the registry's.
         *
         * @param key Kafka's name of it
         * @param value its value
         * @return this builder
         */
        public Builder registryTls(String key, String value) {
            return kafka(Scope.REGISTRY, key, value);
        }

        private Builder kafka(Scope scope, String key, String value) {
            inputs.kafka(scope, Objects.requireNonNull(key, "key"), value, Source.CODE);
            return this;
        }
    }
}
