package io.kaufmann;

import io.kaufmann.KafkaClient.Scope;
import io.kaufmann.codec.avro.AvroTranscoder;
import io.kaufmann.codec.json.JsonTranscoder;
import io.kaufmann.event.EventNaming;
import io.kaufmann.internal.work.WorkerThreads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Checks settings that limit each other. */
final class CrossCheck {

    private final SettingValues values;
    private final ConfigInputs inputs;
    private final List<String> problems;

    CrossCheck(SettingValues values, ConfigInputs inputs, List<String> problems) {
        this.values = values;
        this.inputs = inputs;
        this.problems = problems;
    }

    void run() {
        registry();
        userAndPassword();
        oneUser();
        userOrToken();
        localSchemas();
        autoRegister();
        recordNames();
        withoutEffect(Settings.READER_SCHEMA, ReaderSchema.WRITER, AvroTranscoder.NAME);
        withoutEffect(Settings.WRITER_SCHEMA, WriterSchema.LATEST, AvroTranscoder.NAME);
        withoutEffect(Settings.JSON_SCHEMA_PATH, List.of(), JsonTranscoder.NAME);
        virtualWorkers();
        inFlight();
        drain();
        new FailureCheck(values, inputs, problems).run();
        new ExactlyOnceCheck(values, inputs, problems).run();
    }

    private void registry() {
        boolean needed = values.find(Settings.TRANSCODERS)
                .filter(TranscoderPlan::needsRegistry)
                .isPresent();
        if (needed && inputs.of(Settings.SCHEMA_REGISTRY_URL).isEmpty()) {
            problems.add(Settings.SCHEMA_REGISTRY_URL.missing());
        }
    }

    private void userAndPassword() {
        boolean user = inputs.of(Settings.REGISTRY_USER).isPresent();
        if (user != inputs.of(Settings.REGISTRY_PASSWORD).isPresent()) {
            Setting<?> there = user ? Settings.REGISTRY_USER : Settings.REGISTRY_PASSWORD;
            Setting<?> missing = user ? Settings.REGISTRY_PASSWORD : Settings.REGISTRY_USER;
            problems.add(missing + " is missing, and " + there + " is of no use without it. Set both or none");
        }
    }

    private void oneUser() {
        boolean inAddress = values.find(Settings.SCHEMA_REGISTRY_URL)
                .filter(AddressTypes::hasUser)
                .isPresent();
        if (inAddress && inputs.of(Settings.REGISTRY_USER).isPresent()) {
            problems.add(Settings.REGISTRY_USER + " is set, and there is a user in " + Settings.SCHEMA_REGISTRY_URL
                    + " too. Take one of them out");
        }
    }

    private void userOrToken() {
        boolean user = inputs.of(Settings.REGISTRY_USER).isPresent()
                || values.find(Settings.SCHEMA_REGISTRY_URL)
                        .filter(AddressTypes::hasUser)
                        .isPresent();
        if (user && inputs.of(Settings.REGISTRY_TOKEN).isPresent()) {
            problems.add(Settings.REGISTRY_TOKEN + " is set, and a user is too. Take one of them out");
        }
    }

    private void localSchemas() {
        boolean folders = values.find(Settings.SCHEMA_PATH)
                .filter(paths -> !paths.isEmpty())
                .isPresent();
        if (!folders) {
            values.find(Settings.READER_SCHEMA)
                    .filter(schema -> schema == ReaderSchema.LOCAL)
                    .ifPresent(schema -> needsFolders(Settings.READER_SCHEMA));
            values.find(Settings.WRITER_SCHEMA)
                    .filter(schema -> schema == WriterSchema.LOCAL)
                    .ifPresent(schema -> needsFolders(Settings.WRITER_SCHEMA));
        }
    }

    private void needsFolders(Setting<?> setting) {
        problems.add(setting + " is local, and " + Settings.SCHEMA_PATH + " names no folder. Write the folders with the"
                + " service's own schemas there");
    }

    private void autoRegister() {
        boolean local = values.find(Settings.WRITER_SCHEMA)
                .filter(schema -> schema == WriterSchema.LOCAL)
                .isPresent();
        if (values.find(Settings.AUTO_REGISTER).orElse(false) && !local) {
            problems.add(Settings.AUTO_REGISTER + " is true, and " + Settings.WRITER_SCHEMA + " is not local: there is"
                    + " nothing to register. Write " + Settings.WRITER_SCHEMA + "=local, or take it out");
        }
    }

    private void recordNames() {
        boolean byRecord = values.find(Settings.EVENT_NAMING)
                .filter(EventNaming::isByRecord)
                .isPresent();
        boolean none = values.find(Settings.TRANSCODERS)
                .filter(plan -> !plan.mayTellRecordNames())
                .isPresent();
        if (byRecord && none) {
            problems.add(Settings.EVENT_NAMING + " is record, and no format of " + Settings.TRANSCODERS
                    + " tells the name of a record. Add avro there, or let a header tell the name");
        }
    }

    /** A setting that does not count is a mistake that nobody would see: events would go unchecked, or be other ones. */
    private <T> void withoutEffect(Setting<T> setting, T none, String transcoder) {
        boolean set = values.find(setting).filter(value -> !value.equals(none)).isPresent();
        boolean made = values.find(Settings.TRANSCODERS)
                .map(plan -> plan.makes(transcoder))
                .orElse(true);
        if (set && !made) {
            problems.add(setting + " is set, and " + Settings.TRANSCODERS + " does not name " + transcoder
                    + ", which alone goes by it. Name it there, or take the setting out; a transcoder that is made in"
                    + " code is told in code");
        }
    }

    private void virtualWorkers() {
        boolean virtual = values.find(Settings.WORKERS)
                .filter(kind -> kind == Workers.VIRTUAL)
                .isPresent();
        if (virtual && WorkerThreads.virtual().isEmpty()) {
            problems.add(Settings.WORKERS + ": virtual workers need Java 21 or later, and this is Java "
                    + Runtime.version().feature() + ". Run the service on a later Java, or write platform");
        }
    }

    private void inFlight() {
        Optional<Integer> held = values.find(Settings.MAX_IN_FLIGHT_EVENTS);
        Optional<Integer> demand = values.find(Settings.MAX_DEMAND);
        if (held.isPresent() && demand.isPresent() && held.get() < demand.get()) {
            problems.add(Settings.MAX_IN_FLIGHT_EVENTS + ": " + held.get() + " is less than " + Settings.MAX_DEMAND
                    + ", which is " + demand.get() + ", so workers would stand idle. Write at least " + demand.get()
                    + ", better some times as much");
        }
    }

    // A consumer that drains does not poll; one that does not poll for this long loses its partitions to others.
    private void drain() {
        Optional<Duration> drain = values.find(Settings.DRAIN_TIMEOUT);
        Optional<Duration> poll = inputs.time(Scope.CONSUMER, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        if (drain.isPresent() && poll.isPresent() && drain.get().compareTo(poll.get()) >= 0) {
            problems.add(Settings.DRAIN_TIMEOUT + ": '" + QuantityTypes.show(drain.get())
                    + "' is not below Kafka's max.poll.interval.ms, which is " + QuantityTypes.show(poll.get())
                    + ". Write less, or raise kafka.consumer.max.poll.interval.ms");
        }
    }
}
