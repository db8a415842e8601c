package io.kaufmann;

import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.codec.avro.AvroTranscoder;
import io.kaufmann.codec.avro.AvroTranscoderBuilder;
import io.kaufmann.codec.avro.BareTranscoder;
import io.kaufmann.codec.json.JsonTranscoder;
import io.kaufmann.schema.SchemaFiles;
import io.kaufmann.schema.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Formats by their names: Kaufmann's own, and classes of a user's.
 *
 * @param entries in the order in which they are tried
 */
record NamedTranscoders(List<Entry> entries) implements TranscoderPlan {

    private static final Map<String, Maker> OWN = new TreeMap<>(Map.of(
            AvroTranscoder.NAME, NamedTranscoders::avro,
            BareTranscoder.NAME, (config, registry) -> BareTranscoder.of(registry.get(), config.subjectStrategy()),
            JsonTranscoder.NAME, (config, registry) -> json(config)));

    private static final Set<String> WITH_REGISTRY = Set.of(AvroTranscoder.NAME, BareTranscoder.NAME);

    private static final Set<String> NAMELESS = Set.of(BareTranscoder.NAME, JsonTranscoder.NAME);

    /** Makes a transcoder of what a service has. */
    @FunctionalInterface
    interface Maker {
        Transcoder make(KaufmannConfig config, Supplier<SchemaRegistry> registry);
    }

    /**
     * A transcoder.
     *
     * @param name Kaufmann's name of it, or a class
     * @param maker makes it
     */
    record Entry(String name, Maker maker) {}

    static Set<String> names() {
        return OWN.keySet();
    }

    /**
     * Reads a list of names.
     *
     * @param text names and classes, separated by commas
     * @param load makes an object of a class by its name
     * @throws WrongValueException when a name is neither
     */
    static NamedTranscoders parse(String text, Function<String, Transcoder> load) {
        List<Entry> entries = new ArrayList<>();
        SettingTypes.each(SettingTypes.split(text), name -> entries.add(entry(name, load)));
        return new NamedTranscoders(List.copyOf(entries));
    }

    private static Entry entry(String name, Function<String, Transcoder> load) {
        Maker own = OWN.get(name);
        if (own != null) {
            return new Entry(name, own);
        }
        Transcoder loaded = load.apply(name);
        return new Entry(name, (config, registry) -> loaded);
    }

    @Override
    public Transcoders make(KaufmannConfig config, Supplier<SchemaRegistry> registry) {
        return Transcoders.of(entries.stream()
                .map(entry -> entry.maker().make(config, registry))
                .toArray(Transcoder[]::new));
    }

    @Override
    public boolean needsRegistry() {
        return entries.stream().map(Entry::name).anyMatch(WITH_REGISTRY::contains);
    }

    @Override
    public boolean mayAskRegistry() {
        return entries.stream().map(Entry::name).anyMatch(name -> !name.equals(JsonTranscoder.NAME));
    }

    @Override
    public boolean mayTellRecordNames() {
        return entries.stream().map(Entry::name).anyMatch(name -> !NAMELESS.contains(name));
    }

    @Override
    public boolean makes(String name) {
        return entries.stream().map(Entry::name).anyMatch(name::equals);
    }

    private static Transcoder avro(KaufmannConfig config, Supplier<SchemaRegistry> registry) {
        AvroTranscoderBuilder avro = AvroTranscoder.builder(registry.get()).subjects(config.subjectStrategy());
        switch (config.readerSchema()) {
            case WRITER -> {}
            case LATEST -> avro.readLatest();
            case LOCAL -> avro.readLocal(SchemaFiles.in(config.schemaPath()));
        }
        if (config.writerSchema() == WriterSchema.LOCAL) {
            avro.writeLocal(SchemaFiles.in(config.schemaPath()));
        }
        if (config.autoRegister()) {
            avro.autoRegister();
        }
        return avro.build();
    }

    private static Transcoder json(KaufmannConfig config) {
        return config.jsonSchemaPath().isEmpty()
                ? JsonTranscoder.create()
                : JsonTranscoder.builder().schemas(config.jsonSchemaPath()).build();
    }

    @Override
    public String toString() {
        return String.join(",", entries.stream().map(Entry::name).toList());
    }
}
