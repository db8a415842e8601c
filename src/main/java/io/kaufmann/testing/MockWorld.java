package io.kaufmann.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNames;
import io.kaufmann.handler.DeadLetter;
import io.kaufmann.internal.assembly.OfflineOutbox;
import io.kaufmann.internal.assembly.OfflineService;
import io.kaufmann.internal.consume.LaneRule;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.produce.RecordMaker;
import io.kaufmann.internal.work.FailureRules;
import io.kaufmann.publish.CallbackTopics;
import io.kaufmann.publish.MetaSource;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.publish.Publisher;
import io.kaufmann.publish.TopicStrategy;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.testing.Emissions.Emission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A service without a broker, and what it has sent. Thread-safe: one thread at a time handles, and what others publish meanwhile is
 * handled by it too.
 */
final class MockWorld {

    // As many as any test names one of.
    private static final int PARTITIONS = 100;

    private static final String LETTER = "kaufmann.dead.letter.group";
    private static final String CONNECT = "__connect.errors.";
    private static final String SENDER = "mock-bus";

    private final KaufmannConfig config;
    private final SchemasOfFolders schemas;
    private final MockClock clock;
    private final Predicate<String> feedsBack;
    private final Transcoders transcoders;
    private final RecordMaker givenBySomebody;
    private final OfflineService service;
    private final Emissions emissions = new Emissions();
    private final Cascade cascade = new Cascade();
    private final Map<String, AtomicLong> offsets = new ConcurrentHashMap<>();
    private final Queue<PublishException> refusals = new ConcurrentLinkedQueue<>();
    private final Set<String> passedOver = ConcurrentHashMap.newKeySet();

    private final ReentrantLock turn = new ReentrantLock();
    // What waits to be handled; anybody adds, whoever has the turn takes.
    private final Queue<ConsumerRecord<byte[], byte[]>> inbox = new ConcurrentLinkedQueue<>();

    /**
     * A world.
     *
     * @param config the service's settings
     * @param schemas the schemas that it knows
     * @param clock its time
     * @param ids makes message ids
     * @param feedsBack from which topics the service reads what it has sent
     */
    MockWorld(
            KaufmannConfig config,
            SchemasOfFolders schemas,
            MockClock clock,
            Supplier<String> ids,
            Predicate<String> feedsBack) {
        this.config = config;
        this.schemas = schemas;
        this.clock = clock;
        this.feedsBack = feedsBack;
        this.transcoders = config.transcoders(schemas);
        Telemetry telemetry = config.telemetry().orElse(Telemetry.NONE);
        MetaSource metaSource = config.metaSource()
                .orElseGet(() -> MetaSource.standard(config.serviceName(), config.serviceId(), clock, ids));
        this.givenBySomebody = new RecordMaker(new RecordMaker.Parts(
                config.eventNaming(),
                config.subscriptionTopics().get(0),
                TopicStrategy.defaultTopic(),
                config.partitionStrategy(),
                CallbackTopics.of("*"),
                MetaSource.standard(SENDER, SENDER, clock, ids),
                transcoders,
                clock,
                Telemetry.NONE));
        RecordMaker.Parts records = new RecordMaker.Parts(
                config.eventNaming(),
                config.defaultPublishTopic(),
                config.topicStrategy(),
                config.partitionStrategy(),
                config.callbackTopics(),
                metaSource,
                transcoders,
                clock,
                telemetry);
        this.service = new OfflineService(
                new OfflineService.Parts(
                        config.serviceName(),
                        config.consumerGroup(),
                        config.eventHandler(),
                        new FailureRules(
                                config.errorFormat(),
                                config.retryPolicy(),
                                config.deadLetterTopic(),
                                config.deadLetterParking(),
                                Set.copyOf(config.subscriptionTopics())),
                        new LaneRule(config.ordering(), config.keylessEvents()),
                        records,
                        clock),
                new OfflineOutbox(new RecordMaker(records), PARTITIONS, this::take));
    }

    Emissions emissions() {
        return emissions;
    }

    /** Gives the service an event as another service would send it. */
    void given(Publication publication) {
        EventNames handled = config.eventHandler().handledEvents();
        if (!handled.contains(publication.name().base())) {
            passedOver.add(publication.name().printable());
        }
        List<OutgoingRecord> records;
        try {
            records = givenBySomebody.prepare(publication, Optional.empty());
        } catch (PublishException e) {
            throw new AssertionError(whyNotGiven(publication, e), e);
        }
        for (OutgoingRecord record : records) {
            int partition = record.partition().apply(PARTITIONS).orElse(0);
            inbox.add(consumed(record, partition, nextOffset(record.topic(), partition)));
        }
        handleGiven();
    }

    private static String whyNotGiven(Publication publication, PublishException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SchemaNotFoundException) {
                return "Cannot give " + publication.name().printable() + ": " + cause.getMessage();
            }
        }
        return String.valueOf(problem.getMessage());
    }

    /** Gives the service a record with any bytes. */
    void given(String topic, byte[] key, byte[] value, Headers headers) {
        inbox.add(new ConsumerRecord<>(
                topic,
                0,
                nextOffset(topic, 0),
                clock.millis(),
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty()));
        handleGiven();
    }

    private ConsumerRecord<byte[], byte[]> consumed(OutgoingRecord record, int partition, long offset) {
        return new ConsumerRecord<>(
                record.topic(),
                partition,
                offset,
                record.timestamp().orElse(clock.millis()),
                TimestampType.CREATE_TIME,
                record.key() == null ? -1 : record.key().length,
                record.size(),
                record.key(),
                record.value(),
                // A broker would give others: the sender's are read-only by now, or changed later.
                new RecordHeaders(record.headers()),
                Optional.empty());
    }

    private long nextOffset(String topic, int partition) {
        return offsets.computeIfAbsent(topic + '-' + partition, first -> new AtomicLong())
                .getAndIncrement();
    }

    /** Handles what was given. What a handler itself gives is handled after it. */
    private void handleGiven() {
        if (turn.isHeldByCurrentThread()) {
            return;
        }
        turn.lock();
        try {
            handleInbox();
        } finally {
            turn.unlock();
        }
        handlePublished();
    }

    /** Handles what was published, unless another thread handles: that comes to it, and may wait for this one. */
    private void handlePublished() {
        while (!inbox.isEmpty() && !turn.isHeldByCurrentThread() && turn.tryLock()) {
            try {
                handleInbox();
            } finally {
                turn.unlock();
            }
        }
    }

    private void handleInbox() {
        for (ConsumerRecord<byte[], byte[]> next = inbox.poll(); next != null; next = inbox.poll()) {
            try {
                cascade.check(next);
            } catch (AssertionError e) {
                inbox.clear();
                throw e;
            }
            service.handle(next);
        }
    }

    /** Lets time pass. */
    void advance(Duration time) {
        turn.lock();
        try {
            clock.advance(time, () -> {
                service.work();
                handleInbox();
            });
        } finally {
            turn.unlock();
        }
        handlePublished();
    }

    Publisher publisher() {
        return publication -> {
            var published = service.publisher().publish(publication);
            handlePublished();
            return published;
        };
    }

    /** The next record that is published is refused. */
    void refuseNext(PublishException why) {
        refusals.add(why);
    }

    /** Plays the broker. */
    private Written take(OutgoingRecord record, int partition, OfflineOutbox.Origin origin) {
        PublishException refusal = refusals.poll();
        if (refusal != null) {
            throw refusal;
        }
        long offset = nextOffset(record.topic(), partition);
        ConsumerRecord<byte[], byte[]> written = consumed(record, partition, offset);
        if (record.headers().lastHeader(LETTER) != null) {
            emissions.add(Emission.of(letter(record)));
        } else {
            emissions.add(Emission.of(read(record.name(), written), origin.format()));
            if (feedsBack.test(record.topic())) {
                cascade.add(written, record.name().base(), origin.cause());
                inbox.add(written);
            }
        }
        return new Written(record.topic(), partition, offset);
    }

    private MockEvent read(EventName name, ConsumerRecord<byte[], byte[]> record) {
        Transcoder.Decoded decoded =
                transcoders.decode(new Transcoder.Encoded(name, record.topic(), record.headers(), record.value()));
        return new MockEvent(name, record, decoded, config.eventNaming(), config.consumerGroup());
    }

    private static KeptDeadLetter letter(OutgoingRecord record) {
        Headers headers = record.headers();
        return new KeptDeadLetter(
                record.name().text(),
                record.topic(),
                DeadLetter.Stage.valueOf(text(headers, CONNECT + "stage")),
                text(headers, CONNECT + "exception.message"),
                Integer.parseInt(text(headers, "kaufmann.dead.letter.attempts")),
                headers,
                record.value());
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    /** A payload as it reads after it was written as an event was. */
    Object asRead(MockEvent event, Optional<String> format, Object payload) {
        Headers headers = new RecordHeaders();
        config.eventNaming().tell(event.eventName(), headers);
        byte[] value = transcoders.encode(
                new Transcoder.Outgoing(event.eventName(), event.topic(), Optional.of(event.meta()), payload, headers),
                format);
        return transcoders
                .decode(new Transcoder.Encoded(event.eventName(), event.topic(), headers, value))
                .payload()
                .value();
    }

    private String schemaNotes() {
        return schemas.missing().stream().map(problem -> "\n" + problem).collect(Collectors.joining());
    }

    /** What else may explain why something was not sent, a line each. */
    String notes() {
        StringBuilder notes = new StringBuilder(schemaNotes());
        passedOver.forEach(name -> notes.append("\n")
                .append(name)
                .append(" was passed over: the handler accepts only ")
                .append(config.eventHandler().handledEvents()));
        Duration next = clock.next();
        if (next != null) {
            notes.append("\nAn event waits for its next attempt, in ")
                    .append(next)
                    .append(": advance(...) makes it");
        }
        return notes.toString();
    }
}
