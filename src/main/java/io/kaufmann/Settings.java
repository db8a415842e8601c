package io.kaufmann;

import static io.kaufmann.Setting.essential;
import static io.kaufmann.Setting.frequent;
import static io.kaufmann.Setting.rare;

import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.ErrorFormat;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.KeylessEvents;
import io.kaufmann.handler.Ordering;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.publish.CallbackTopics;
import io.kaufmann.publish.MetaSource;
import io.kaufmann.publish.PartitionStrategy;
import io.kaufmann.publish.ProducerFactory;
import io.kaufmann.publish.TopicStrategy;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Tracing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of settings, in the order in which documents show them. A default may depend on the rows above its own. */
final class Settings {

    private static final List<Setting<?>> ALL = new ArrayList<>();

    // Essential

    static final Setting<String> BOOTSTRAP_SERVERS =
            add(essential("bootstrap.servers", AddressTypes.brokers(), "The Kafka brokers to ask first.")
                    .was("brokers"));
    static final Setting<String> SCHEMA_REGISTRY_URL = add(essential(
                    "schema.registry.url",
                    AddressTypes.registries(),
                    "The schema registry: one address, or those of several that hold the same. Only JSON and formats of your"
                            + " own do without.")
            .or("", values -> Optional.empty())
            .was("schema_registry_uri"));
    static final Setting<String> CONSUMER_GROUP = add(essential(
                    "consumer.group",
                    SettingTypes.text("a name that all instances of the service share, and no other service"),
                    "The consumer group: its members share the partitions.")
            .was("consumer_group"));
    static final Setting<String> DEFAULT_TOPIC = add(essential(
                    "default.topic",
                    AddressTypes.topic(),
                    "The topic to read from and to publish to, as far as nothing below says otherwise.")
            .was("default_topic"));
    static final Setting<String> SERVICE_NAME = add(essential(
                    "service.name",
                    SettingTypes.text("the service's name, such as greeter"),
                    "The service's name: the emitter_service of the events it sends.")
            .was("service_name"));
    static final Setting<EventHandler> EVENT_HANDLER =
            add(essential("event.handler", PluginTypes.handler(), "What the service does with its events.")
                    .was("event_handler_mod"));

    // Frequently used

    static final Setting<String> SERVICE_ID = add(frequent(
                    "service.id",
                    SettingTypes.text("a text that differs between the instances of a service"),
                    "The instance: the emitter_service_id of the events it sends.")
            .or("the host's name, or a random id", values -> Optional.of(HostName.orRandomId()))
            .was("service_id"));
    static final Setting<List<String>> DEFAULT_TOPICS = add(frequent(
                    "default.topics", AddressTypes.topics(), "The service's own topics.")
            .or("the default topic", values -> values.find(DEFAULT_TOPIC).map(List::of))
            .was("default_topics"));
    static final Setting<List<String>> SUBSCRIPTION_TOPICS =
            add(frequent("subscription.topics", AddressTypes.topics(), "The topics that the service reads.")
                    .or("the default topics", values -> values.find(DEFAULT_TOPICS))
                    .was("subscription_topics"));
    static final Setting<String> DEFAULT_PUBLISH_TOPIC =
            add(frequent("default.publish.topic", AddressTypes.topic(), "Where an event goes that states no target.")
                    .or("the default topic", values -> values.find(DEFAULT_TOPIC))
                    .was("default_publish_topic"));
    static final Setting<CallbackTopics> CALLBACK_TOPICS = add(frequent(
                    "callback.topics",
                    AddressTypes.callbackTopics(),
                    "The callback topics that received events may name. * allows all but those that begin with __.")
            .or("the topics above", Settings::ownTopics));
    static final Setting<Workers> WORKERS = add(frequent(
                    "workers",
                    SettingTypes.choice(Workers.class),
                    "What kind of threads the workers are. Virtual ones, by the ten thousand, suit handlers that mostly wait;"
                            + " they need Java 21.")
            .or(Workers.PLATFORM));
    static final Setting<Integer> MAX_DEMAND =
            add(frequent("max.demand", SettingTypes.number(1), "How many events are handled at once: the workers.")
                    .or(
                            "50; virtual workers: 10000",
                            values -> values.find(WORKERS).map(workers -> workers == Workers.VIRTUAL ? 10_000 : 50))
                    .was("max_demand"));
    static final Setting<Integer> CONSUMER_THREADS = add(frequent(
                    "consumer.threads",
                    SettingTypes.number(1),
                    "How many Kafka consumers read, each on a thread; more than there are partitions stand idle.")
            .or(1)
            .was("stages"));
    static final Setting<OffsetReset> AUTO_OFFSET_RESET = add(frequent(
                    "auto.offset.reset",
                    SettingTypes.choice(OffsetReset.class),
                    "Where a new consumer group begins: with new events, or with the oldest.")
            .or(OffsetReset.LATEST)
            .was("auto_offset_reset"));
    static final Setting<TopicStrategy> TOPIC_STRATEGY = add(frequent(
                    "topic.strategy",
                    PluginTypes.plugin(
                            TopicStrategy.class,
                            Map.of(
                                    "default", TopicStrategy.defaultTopic(),
                                    "callback", TopicStrategy.callback(),
                                    "callback-and-default", TopicStrategy.callbackAndDefault(),
                                    "event-namespace", TopicStrategy.eventNamespace())),
                    "Chooses the topics of an event that states no target.")
            .orText("default")
            .was("topic_strategy"));
    static final Setting<PartitionStrategy> PARTITION_STRATEGY = add(frequent(
                    "partition.strategy",
                    PluginTypes.plugin(
                            PartitionStrategy.class,
                            Map.of(
                                    "ordering-key", PartitionStrategy.orderingKey(),
                                    "random", PartitionStrategy.random(),
                                    "md5", PartitionStrategy.md5())),
                    "Chooses the partition of an event whose target states none.")
            .orText("ordering-key")
            .was("partition_strategy"));
    static final Setting<TranscoderPlan> TRANSCODERS = add(frequent(
                    "transcoders",
                    PluginTypes.transcoders(),
                    "The formats of events: without a rule, the first that can decodes, and the first encodes.")
            .orText("avro")
            .was("transcoder"));
    static final Setting<TranscoderRules> TRANSCODER_RULES = add(frequent(
                    "transcoder.rules",
                    SettingType.of(TranscoderRules.FORM, TranscoderRules::parse, TranscoderRules::toString),
                    "Which events have which format, by event name first and then by topic; of several that match, the"
                            + " first.")
            .or("none", values -> Optional.of(new TranscoderRules(List.of()))));
    static final Setting<EventNaming> EVENT_NAMING = add(frequent(
                    "event.naming",
                    PluginTypes.eventNaming(),
                    "Where an event's name stands: in the record's key, in a header, or as the full name of its Avro"
                            + " record; unless it is the key, the key is the ordering key.")
            .orText("key"));
    static final Setting<Ordering> ORDERING = add(frequent(
                    "ordering",
                    SettingTypes.choice(Ordering.class),
                    "Which events of a partition are handled one after the other, in their order: none, those of the same"
                            + " ordering key, or all.")
            .or(Ordering.UNORDERED));
    static final Setting<ProcessingGuarantee> PROCESSING_GUARANTEE = add(frequent(
                    "processing.guarantee",
                    SettingTypes.choice(ProcessingGuarantee.class),
                    "What holds of replies when a process crashes: one may be on its topic twice, or whoever reads only what"
                            + " is committed finds it once.")
            .or(ProcessingGuarantee.AT_LEAST_ONCE));
    static final Setting<RetryPolicy> RETRY_POLICY = add(frequent(
                    "retry.policy",
                    FailureTypes.retryPolicy(),
                    "Whether an event whose handler threw, or took too long, is handled again, and when. Exponential"
                            + " waits double, and are spread at random.")
            .orText("none"));
    static final Setting<DeadLetters> DEAD_LETTER_TOPIC = add(frequent(
                    "dead.letter.topic",
                    FailureTypes.deadLetters(),
                    "The topic that keeps the events which failed for good; not one that the service reads.")
            .or("none", values -> Optional.of(FailureTypes.NONE)));
    static final Setting<Duration> HANDLER_TIME_LIMIT = add(frequent(
            "handler.time.limit",
            QuantityTypes.duration(),
            "How long the handler may take for an event. After that the event fails, and the handler is interrupted."
                    + " Without it, as long as it likes."));
    static final Setting<Integer> HTTP_PORT = add(frequent(
            "http.port",
            SettingTypes.port(),
            "Where the service tells over HTTP how it does: /live, /ready, /health, /metrics, and / for people; 0 takes a free"
                    + " port. Without it, nowhere."));
    static final Setting<Duration> DRAIN_TIMEOUT = add(frequent(
                    "drain.timeout",
                    QuantityTypes.duration(Duration.ZERO),
                    "How long a stop or a lost partition waits for events that are being handled; below Kafka's"
                            + " max.poll.interval.ms.")
            .or(Duration.ofSeconds(20)));
    static final Setting<Duration> START_TIMEOUT = add(frequent(
                    "start.timeout",
                    QuantityTypes.duration(),
                    "How long a start waits for the broker and the registry before it fails.")
            .or(Duration.ofSeconds(30)));
    static final Setting<Boolean> SHUTDOWN_HOOK = add(frequent(
                    "shutdown.hook", SettingTypes.flag(), "Whether the service stops in order when the JVM shuts down.")
            .or(true));

    // Rare

    static final Setting<Integer> MAX_IN_FLIGHT_EVENTS = add(rare(
                    "max.in.flight.events",
                    SettingTypes.number(1),
                    "How many events are held in memory, waiting ones included; not below max.demand.")
            .or(
                    "10000, or twice max.demand if that is more",
                    values -> values.find(MAX_DEMAND).map(demand ->
                            (int) Math.max(10_000L, Math.min(2L * demand, Integer.MAX_VALUE / 2)))));
    static final Setting<Long> MAX_IN_FLIGHT_BYTES = add(rare(
                    "max.in.flight.bytes",
                    QuantityTypes.size(1),
                    "How much the events that are held in memory may weigh together.")
            .or(64L << 20));
    static final Setting<Long> MAX_UNCOMMITTED = add(rare(
                    "max.uncommitted",
                    SettingTypes.longNumber(1),
                    "For each partition: how far, in offsets, it is read ahead of what is committed.")
            .or(100_000L));
    static final Setting<Integer> MAX_DEMAND_PER_PARTITION = add(rare(
            "max.demand.per.partition",
            SettingTypes.number(1),
            "How many workers the events of one partition may hold at once. Without it, an even share, so that a"
                    + " partition whose events hang leaves the others their workers."));
    static final Setting<KeylessEvents> KEYLESS_EVENTS = add(rare(
                    "keyless.events",
                    SettingTypes.choice(KeylessEvents.class),
                    "With ordering by key: whether events without an ordering key are handled in parallel, or one after the"
                            + " other.")
            .or(KeylessEvents.UNORDERED));
    static final Setting<Boolean> DEAD_LETTER_PARKING = add(rare(
                    "dead.letter.parking",
                    SettingTypes.flag(),
                    "With ordering by key: whether later events of a key follow one that went to the dead letters there,"
                            + " so that the order survives when they are delivered again.")
            .or(false));
    static final Setting<Integer> MAX_LOST_WORKERS = add(rare(
                    "max.lost.workers",
                    SettingTypes.number(0),
                    "How many workers may be lost in handlers that take longer than handler.time.limit and do not heed"
                            + " their interrupt, and be replaced.")
            .or("max.demand", values -> values.find(MAX_DEMAND)));
    static final Setting<Duration> STALL_AFTER = add(rare(
                    "stall.after",
                    // Consumer threads tell how they do once in a second, and may rest for a second after an error.
                    QuantityTypes.duration(Duration.ofSeconds(2)),
                    "After how long an event that does not go on is told as stalled, by the health and in the log.")
            .or(Duration.ofMinutes(1)));
    static final Setting<Boolean> STALLED_NOT_LIVE = add(rare(
                    "stalled.not.live",
                    SettingTypes.flag(),
                    "Whether a handler that is stalled makes the service not live, so that an orchestrator restarts it. The event"
                            + " comes back after that.")
            .or(false));
    static final Setting<Duration> PROBE_INTERVAL = add(rare(
                    "probe.interval",
                    QuantityTypes.duration(Duration.ofSeconds(1)),
                    "How often the broker is asked for the ends of partitions, which tells the lag, and the registry whether it"
                            + " answers.")
            .or(Duration.ofSeconds(5)));
    static final Setting<String> HTTP_HOST = add(rare(
                    "http.host",
                    SettingTypes.text("a name or an address of this machine; 0.0.0.0 for all of them"),
                    "The address that http.port is opened on.")
            .or("127.0.0.1"));
    static final Setting<List<String>> HTTP_ALLOWED_HOSTS = add(rare(
                    "http.allowed.hosts",
                    SettingTypes.texts("names of hosts, separated by commas"),
                    "The names that the service may be asked by over HTTP, besides addresses, localhost and http.host: others"
                            + " are refused, for they may be a strange page's.")
            .or("none", values -> Optional.of(List.of())));
    static final Setting<Duration> COMMIT_INTERVAL = add(rare(
                    "commit.interval",
                    QuantityTypes.duration(),
                    "How long after it has finished an event is committed at the latest.")
            .or("1s; exactly once: 100ms", values -> byGuarantee(values, Duration.ofSeconds(1), Duration.ofMillis(100)))
            .was("commit_interval"));
    static final Setting<Integer> COMMIT_THRESHOLD = add(rare(
                    "commit.threshold",
                    SettingTypes.number(1),
                    "How many finished events bring a commit before the interval is over.")
            .or(10_000)
            .was("commit_threshold"));
    static final Setting<CommitStrategy> COMMIT_STRATEGY = add(rare(
                    "commit.strategy",
                    SettingTypes.choice(CommitStrategy.class),
                    "Whether reading goes on while a commit is under way, or waits for it.")
            .or(CommitStrategy.ASYNC)
            .was("commit_strategy"));
    static final Setting<Integer> GAP_MAP_LIMIT = add(rare(
                    "gap.map.limit",
                    SettingTypes.number(0),
                    "How many characters a commit may have to tell which later events are finished, so that they are not"
                            + " handled again after a crash; 0 for none. The broker's offset.metadata.max.bytes is above it.")
            .or("2000; exactly once: 0", values -> byGuarantee(values, 2_000, 0)));
    static final Setting<String> TRANSACTIONAL_ID_PREFIX = add(rare(
            "transactional.id.prefix",
            SettingTypes.text("a text that differs between all instances of all services, and stays the same for each"),
            "With exactly once: how the transactional ids of an instance begin; each consumer thread adds its number."
                    + " Without it, the group with Kafka's group.instance.id, or else with something random."));
    static final Setting<List<Path>> SCHEMA_PATH = add(rare(
                    "schema.path",
                    SettingTypes.paths(),
                    "The folders with the service's own Avro schemas, each in a file named after its subject.")
            .or("none", values -> Optional.of(List.of()))
            .was("schema_path"));
    static final Setting<Duration> SCHEMA_CACHE_EXPIRES = add(rare(
                    "schema.cache.expires",
                    QuantityTypes.duration(),
                    "How long the registry's answer for a subject's latest schema is good.")
            .or(Duration.ofMinutes(10))
            .was("schema_cache_expires_in_ms"));
    static final Setting<ReaderSchema> READER_SCHEMA = add(rare(
                    "reader.schema",
                    SettingTypes.choice(ReaderSchema.class),
                    "The schema that a handler reads: its writer's, the subject's newest, or the service's own.")
            .or(ReaderSchema.WRITER));
    static final Setting<WriterSchema> WRITER_SCHEMA = add(rare(
                    "writer.schema",
                    SettingTypes.choice(WriterSchema.class),
                    "The schema that events are written with: the subject's newest, or the service's own.")
            .or(WriterSchema.LATEST));
    static final Setting<Boolean> AUTO_REGISTER = add(rare(
                    "auto.register",
                    SettingTypes.flag(),
                    "Whether the service's own schema is registered when the first event is written with it.")
            .or(false));
    static final Setting<List<Path>> JSON_SCHEMA_PATH = add(rare(
                    "json.schema.path",
                    SettingTypes.paths(),
                    "The folders with JSON Schemas that JSON events are checked against, each in a file named after its"
                            + " event.")
            .or("none", values -> Optional.of(List.of())));
    static final Setting<SubjectStrategy> SUBJECT_STRATEGY = add(rare(
                    "subject.strategy",
                    PluginTypes.plugin(
                            SubjectStrategy.class,
                            Map.of(
                                    "event-name", SubjectStrategy.eventName(),
                                    "topic-name", SubjectStrategy.topicName(),
                                    "record-name", SubjectStrategy.recordName(),
                                    "topic-record-name", SubjectStrategy.topicRecordName())),
                    "Chooses the registry's subject for an event.")
            .orText("event-name"));
    static final Setting<String> REGISTRY_USER = add(rare(
                    "schema.registry.user",
                    SettingTypes.text("the user's name at the schema registry"),
                    "The user for the registry's basic authentication; goes with the password.")
            .method("registryUser"));
    static final Setting<String> REGISTRY_PASSWORD = add(rare(
                    "schema.registry.password",
                    SettingTypes.secret("the user's password at the schema registry"),
                    "The password for the registry's basic authentication; goes with the user.")
            .method("registryPassword"));
    static final Setting<String> REGISTRY_TOKEN = add(rare(
                    "schema.registry.token",
                    SettingTypes.secret("the token for the schema registry"),
                    "The token for the registry's bearer authentication, in place of user and password.")
            .method("registryToken"));
    static final Setting<MetaSource> META_SOURCE = add(rare(
                    "meta.source",
                    PluginTypes.plugin(MetaSource.class, Map.of()),
                    "Makes the metadata of the events that are sent. Without it, it is that of KaufmannEx.")
            .was("metadata_mod"));
    static final Setting<ProducerFactory> PRODUCER_FACTORY = add(rare(
                    "producer.factory",
                    PluginTypes.plugin(ProducerFactory.class, Map.of("kafka", ProducerFactory.kafka())),
                    "Makes the producer that everything is sent with: to wrap Kafka's own or to replace it.")
            .orText("kafka")
            .was("producer_mod"));
    static final Setting<ErrorFormat> ERROR_FORMAT = add(rare(
                    "error.format",
                    PluginTypes.plugin(ErrorFormat.class, Map.of("standard", ErrorFormat.standard())),
                    "Makes the error field of error events; as a rule an exception's class and message.")
            .orText("standard"));
    static final Setting<Telemetry> TELEMETRY = add(rare(
            "telemetry",
            PluginTypes.telemetry(),
            "Hears what the service does, event by event. Unless set, `micrometer`."));
    static final Setting<Tracing> TRACING = add(rare(
                    "tracing",
                    PluginTypes.plugin(Tracing.class, Map.of("none", Tracing.NONE)),
                    "Follows events from service to service.")
            .orText("none"));

    private Settings() {}

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }

    static List<Setting<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    static Optional<Setting<?>> byKey(String key) {
        return ALL.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }

    static Optional<Setting<?>> byVariable(String variable) {
        return ALL.stream()
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
    }

    private static <T> Optional<T> byGuarantee(SettingValues values, T atLeastOnce, T exactlyOnce) {
        return values.find(PROCESSING_GUARANTEE).map(guarantee -> switch (guarantee) {
            case AT_LEAST_ONCE -> atLeastOnce;
            case EXACTLY_ONCE -> exactlyOnce;
        });
    }

    // Events come from outside: unless told otherwise, they steer answers to no topic that the service does not use
    // anyhow.
    private static Optional<CallbackTopics> ownTopics(SettingValues values) {
        List<String> own = new ArrayList<>();
        values.find(SUBSCRIPTION_TOPICS).ifPresent(own::addAll);
        values.find(DEFAULT_PUBLISH_TOPIC).ifPresent(own::add);
        values.find(DEFAULT_TOPIC).ifPresent(own::add);
        own.removeIf(topic -> topic.startsWith("__"));
        return Optional.of(CallbackTopics.of(own));
    }
}
