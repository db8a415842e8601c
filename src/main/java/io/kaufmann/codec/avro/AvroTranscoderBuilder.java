package io.kaufmann.codec.avro;

import io.kaufmann.schema.SchemaFiles;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import java.util.Objects;
import java.util.function.Function;

/** Settings of an {@link AvroTranscoder}. Not thread-safe; what it builds is. */
public final class AvroTranscoderBuilder {

    private final SchemaRegistry registry;
    private SubjectStrategy subjects = SubjectStrategy.eventName();
    private Function<SubjectStrategy, ReaderSchemas> reading = strategy -> ReaderSchemas.NONE;
    private SchemaFiles written;
    private boolean register;

    AvroTranscoderBuilder(SchemaRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * Says under which subject an event's schema stands. Default: {@link SubjectStrategy#eventName()}.
     *
     * @param strategy the rule
     * @return this
     */
    public AvroTranscoderBuilder subjects(SubjectStrategy strategy) {
        this.subjects = Objects.requireNonNull(strategy, "strategy");
        return this;
    }

    /**
     * Resolves what is decoded to the newest version of the event's subject: the handler sees one shape, whichever version
     * an event was written with. A newer version is taken up when the registry's cache asks again. Where the registry has no
     * such subject, it is the writer's. Default: the writer's schema.
     *
     * @return this
     */
    public AvroTranscoderBuilder readLatest() {
        this.reading = strategy -> ReaderSchemas.latest(registry, strategy);
        return this;
    }

    /**
     * Resolves what is decoded to the service's own schema for the event's subject. Where there is no file for it, it is
     * the writer's. Default: the writer's schema.
     *
     * @param files the service's schemas
     * @return this
     */
    public AvroTranscoderBuilder readLocal(SchemaFiles files) {
        Objects.requireNonNull(files, "files");
        this.reading = strategy -> ReaderSchemas.local(files, strategy);
        return this;
    }

    /**
     * Encodes with the service's own schema for the event's subject, which must be registered there, rather than with the
     * subject's newest version. Where there is no file for it, it is the newest version.
     *
     * @param files the service's schemas
     * @return this
     */
    public AvroTranscoderBuilder writeLocal(SchemaFiles files) {
        this.written = Objects.requireNonNull(files, "files");
        return this;
    }

    /**
     * Registers a schema of {@link #writeLocal} that the registry does not have when the first event is encoded with it.
     * Default: encoding fails and says so.
     *
     * @return this
     */
    public AvroTranscoderBuilder autoRegister() {
        this.register = true;
        return this;
    }

    /**
     * The transcoder.
     *
     * @return the transcoder
     */
    public AvroTranscoder build() {
        WriterSchemas latest = WriterSchemas.latest(registry, subjects);
        return new AvroTranscoder(
                registry,
                reading.apply(subjects),
                written == null ? latest : WriterSchemas.local(written, registry, subjects, register, latest));
    }
}
