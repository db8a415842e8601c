package io.kaufmann.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.EventName;
import io.kaufmann.handler.DeadLetter;
import io.kaufmann.internal.assembly.ErrorSchema;
import io.kaufmann.internal.assembly.OfflineService;
import io.kaufmann.internal.consume.LaneRule;
import io.kaufmann.internal.handoff.DeadLetterHeaders;
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
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A service without a broker, and what it has sent. Thread-safe. */
final class MockWorld {

    // As many as any test names one of.
    private static final int PARTITIONS = 100;

    private static final String SENDER = "mock-bus";

    private final KaufmannConfig config;
    private final SchemasOfFolders schemas;
    private final MockClock clock;
    private final Predicate<String> reads;
    private final Transcoders transcoders;
    private final RecordMaker givenBySomebody;
    private final OfflineService service;
    private final Emissions emissions = new Emissions();
    private final Map<String, AtomicLong> offsets = new ConcurrentHashMap<>();
    private final Queue<PublishException> refusals = new ConcurrentLinkedQueue<>();
    private final Set<String> passedOver = ConcurrentHashMap.newKeySet();

    private final MockInbox inbox = new MockInbox(this::handle);

    /**
     * A world.
     *
     * @param config the service's settings
     * @param schemas the schemas that it knows
     * @param clock its time
     * @param ids makes message ids
     * @param reads which topics the service reads
     */
    MockWorld(
            KaufmannConfig config,
            SchemasOfFolders schemas,
            MockClock clock,
            Supplier<String> ids,
            Predicate<String> reads) {
        this.config = config;
        this.schemas = schemas;
        this.clock = clock;
        this.reads = reads;
        this.transcoders = config.transcoders(schemas);
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
                config.telemetry().orElse(Telemetry.NONE));
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
                        clock,
                        config.tracing()),
                PARTITIONS,
                this::take);
        // As a service does before it starts: a failure that can tell nobody would look as if nothing had happened.
        MetaSource trial =
                config.metaSource().orElse(MetaSource.standard(SENDER, SENDER, clock, () -> "a trial: takes no id"));
        new ErrorSchema(transcoders, config.defaultPublishTopic(), trial, config.errorFormat()).require();
    }

    Emissions emissions() {
        return emissions;
    }

    /** Gives the service an event as another service would send it. */
    void given(Publication publication) {
        notePassedOver(publication.name());
        List<OutgoingRecord> records;
        try {
            records = givenBySomebody.prepare(publication, Optional.empty());
        } catch (PublishException e) {
            throw new AssertionError(whyNotGiven(publication, e), e);
        }
        for (OutgoingRecord record : records) {
            requireRead(record.topic());
            int partition = record.partition().apply(PARTITIONS).orElse(0);
            inbox.add(consumed(record, partition), record.name().base());
        }
        inbox.handleGiven();
    }

    private static String whyNotGiven(Publication publication, PublishException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SchemaNotFoundException) {
                return "Cannot give " + publication.name().printable() + ": " + cause.getMessage();
            }
        }
        return String.valueOf(problem.getMessage());
    }

    /** Gives the service a record that need not be an event. */
    void given(ProducerRecord<byte[], byte[]> record) {
        requireRead(record.topic());
        int partition = record.partition() == null ? 0 : record.partition();
        ConsumerRecord<byte[], byte[]> consumed = consumed(
                record.topic(),
                partition,
                record.timestamp() == null ? clock.millis() : record.timestamp(),
                record.key(),
                record.value(),
                record.headers());
        Optional<EventName> name = config.eventNaming().name(consumed.headers(), consumed.key());
        name.ifPresent(this::notePassedOver);
        inbox.add(consumed, name.map(EventName::base).orElse("a record without a name"));
        inbox.handleGiven();
    }

    private void requireRead(String topic) {
        if (!reads.test(topic)) {
            throw new AssertionError("The service does not read topic " + EventName.printable(topic)
                    + ", so nothing comes from there. It reads " + config.subscriptionTopics());
        }
    }

    private void notePassedOver(EventName name) {
        if (!config.eventHandler().handledEvents().contains(name.base())) {
            passedOver.add(name.printable());
        }
    }

    private ConsumerRecord<byte[], byte[]> consumed(OutgoingRecord record, int partition) {
        return consumed(
                record.topic(),
                partition,
                record.timestamp().orElse(clock.millis()),
                record.key(),
                record.value(),
                record.headers());
    }

    private ConsumerRecord<byte[], byte[]> consumed(
            String topic, int partition, long timestamp, byte[] key, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                topic,
                partition,
                nextOffset(topic, partition),
                timestamp,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                // A broker would give others: the sender's may be changed later, or not at all.
                new RecordHeaders(headers),
                Optional.empty());
    }

    private long nextOffset(String topic, int partition) {
        return offsets.computeIfAbsent(topic + '-' + partition, first -> new AtomicLong())
                .getAndIncrement();
    }

    /** Lets time pass. */
    void advance(Duration time) {
        inbox.inTurn(() -> clock.advance(time, () -> {
            service.work();
            inbox.handleAll();
        }));
    }

    /** Handles a record, and does what is due at once: an attempt that needs no wait. */
    private void handle(ConsumerRecord<byte[], byte[]> record) {
        service.handle(record);
        clock.advance(Duration.ZERO, service::work);
    }

    Publisher publisher() {
        return publication -> {
            var published = service.publisher().publish(publication);
            inbox.handlePublished();
            return published;
        };
    }

    /** The next record that is published is refused. */
    void refuseNext(PublishException why) {
        refusals.add(why);
    }

    /** Plays the broker. */
    private Written take(OutgoingRecord record, int partition, Optional<String> format) {
        PublishException refusal = refusals.poll();
        if (refusal != null) {
            throw refusal;
        }
        ConsumerRecord<byte[], byte[]> written = consumed(record, partition);
        if (record.headers().lastHeader(DeadLetterHeaders.GROUP) != null) {
            emissions.add(Emission.of(letter(record)));
        } else {
            emissions.add(Emission.of(
                    MockEvent.of(record.name(), written, transcoders, config.eventNaming(), config.consumerGroup()),
                    format));
            if (reads.test(record.topic())) {
                inbox.add(written, record.name().base());
            }
        }
        return new Written(record.topic(), partition, written.offset());
    }

    private static KeptDeadLetter letter(OutgoingRecord record) {
        Headers headers = record.headers();
        return new KeptDeadLetter(
                record.name().text(),
                record.topic(),
                DeadLetter.Stage.valueOf(text(headers, DeadLetterHeaders.STAGE)),
                text(headers, DeadLetterHeaders.ERROR_MESSAGE),
                Integer.parseInt(text(headers, DeadLetterHeaders.ATTEMPTS)),
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
