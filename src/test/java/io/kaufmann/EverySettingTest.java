package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.codec.Transcoders;
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
import io.kaufmann.testing.InMemorySchemaRegistry;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the table works in each of its three spellings: on the builder, in properties and in the environment. */
class EverySettingTest {

    private static final String EVERYTHING = SampleHandlers.Everything.class.getName();
    private static final SampleHandlers.Everything OBJECT = new SampleHandlers.Everything();

    private static final SampleHandlers.Morse MORSE = new SampleHandlers.Morse();
    private static final String MORSE_FLAGS =
            SampleHandlers.Morse.class.getName() + "," + SampleHandlers.Flags.class.getName();

    // A virtual one where there are such.
    private static final Workers KIND = Runtime.version().feature() < 21 ? Workers.PLATFORM : Workers.VIRTUAL;

    /**
     * A setting with a value that is not its default.
     *
     * @param method its name in code
     * @param type the builder method's parameter
     * @param value what the builder gets
     * @param text the same in properties
     */
    record Sample(String method, Class<?> type, Object value, String text) {
        @Override
        public String toString() {
            return method;
        }
    }

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample("bootstrapServers", String.class, "a:1,[::1]:2", "a:1,[::1]:2"),
                new Sample("schemaRegistryUrl", String.class, "https://r/api", "https://r/api"),
                new Sample("consumerGroup", String.class, "a group", "a group"),
                new Sample("defaultTopic", String.class, "ponds", "ponds"),
                new Sample("serviceName", String.class, "waiter", "waiter"),
                new Sample("eventHandler", EventHandler.class, new SampleHandlers.Greeter(), Samples.HANDLER),
                new Sample("serviceId", String.class, "waiter-7", "waiter-7"),
                new Sample("defaultTopics", List.class, List.of("a", "b"), "a, b"),
                new Sample("subscriptionTopics", List.class, List.of("a", "b"), "a,b"),
                new Sample("defaultPublishTopic", String.class, "ponds", "ponds"),
                new Sample("callbackTopics", CallbackTopics.class, CallbackTopics.of("r.*", "s"), "r.*,s"),
                new Sample("workers", Workers.class, KIND, KIND.name().toLowerCase(Locale.ROOT)),
                new Sample("maxDemand", int.class, 7, "7"),
                new Sample("consumerThreads", int.class, 3, "3"),
                new Sample("autoOffsetReset", OffsetReset.class, OffsetReset.EARLIEST, "Earliest"),
                new Sample("topicStrategy", TopicStrategy.class, OBJECT, EVERYTHING),
                new Sample("partitionStrategy", PartitionStrategy.class, OBJECT, EVERYTHING),
                new Sample(
                        "transcoders",
                        Transcoders.class,
                        Transcoders.of(MORSE, new SampleHandlers.Flags()),
                        MORSE_FLAGS),
                new Sample(
                        "transcoderRules",
                        String.class,
                        "event:a.*=morse,topic:b=flags",
                        "event:a.*=morse, topic:b = flags"),
                new Sample("eventNaming", EventNaming.class, EventNaming.header("name"), "header:name"),
                new Sample("ordering", Ordering.class, Ordering.KEY, "key"),
                new Sample(
                        "processingGuarantee",
                        ProcessingGuarantee.class,
                        ProcessingGuarantee.EXACTLY_ONCE,
                        "exactly_once"),
                new Sample(
                        "retryPolicy",
                        RetryPolicy.class,
                        RetryPolicy.exponential(5, Duration.ofMillis(200), Duration.ofSeconds(10)),
                        "exponential(5, 200ms, 10s)"),
                new Sample("deadLetterTopic", DeadLetters.class, OBJECT, EVERYTHING),
                new Sample("handlerTimeLimit", Duration.class, Duration.ofSeconds(5), "5s"),
                new Sample("httpPort", int.class, 9404, "9404"),
                new Sample("drainTimeout", Duration.class, Duration.ZERO, "0s"),
                new Sample("startTimeout", Duration.class, Duration.ofMinutes(2), "2m"),
                new Sample("shutdownHook", boolean.class, false, "false"),
                new Sample("maxInFlightEvents", int.class, 500, "500"),
                new Sample("maxInFlightBytes", long.class, 1L << 30, "1GiB"),
                new Sample("maxUncommitted", long.class, 5_000_000_000L, "5000000000"),
                new Sample("maxDemandPerPartition", int.class, 3, "3"),
                new Sample("keylessEvents", KeylessEvents.class, KeylessEvents.ORDERED, "ordered"),
                new Sample("deadLetterParking", boolean.class, true, "true"),
                new Sample("maxLostWorkers", int.class, 0, "0"),
                new Sample("stallAfter", Duration.class, Duration.ofSeconds(90), "90s"),
                new Sample("stalledNotLive", boolean.class, true, "true"),
                new Sample("probeInterval", Duration.class, Duration.ofSeconds(30), "30s"),
                new Sample("httpHost", String.class, "0.0.0.0", "0.0.0.0"),
                new Sample("httpAllowedHosts", List.class, List.of("a.example", "b"), "a.example, b"),
                new Sample("commitInterval", Duration.class, Duration.ofMillis(250), "250ms"),
                new Sample("commitThreshold", int.class, 1, "1"),
                new Sample("commitStrategy", CommitStrategy.class, CommitStrategy.SYNC, "sync"),
                new Sample("gapMapLimit", int.class, 0, "0"),
                new Sample("transactionalIdPrefix", String.class, "waiter-7", "waiter-7"),
                new Sample("schemaPath", List.class, List.of(Path.of("a"), Path.of("b/c")), "a,b/c"),
                new Sample("schemaCacheExpires", Duration.class, Duration.ofHours(1), "PT1H"),
                new Sample("readerSchema", ReaderSchema.class, ReaderSchema.LATEST, "latest"),
                new Sample("writerSchema", WriterSchema.class, WriterSchema.LOCAL, "local"),
                new Sample("autoRegister", boolean.class, true, "true"),
                new Sample("jsonSchemaPath", List.class, List.of(Path.of("a")), "a"),
                new Sample("subjectStrategy", SubjectStrategy.class, OBJECT, EVERYTHING),
                new Sample("registryUser", String.class, "ada", "ada"),
                new Sample("registryPassword", String.class, "hunter2", "hunter2"),
                new Sample("registryToken", String.class, "t", "t"),
                new Sample("metaSource", MetaSource.class, OBJECT, EVERYTHING),
                new Sample("producerFactory", ProducerFactory.class, OBJECT, EVERYTHING),
                new Sample("errorFormat", ErrorFormat.class, OBJECT, EVERYTHING),
                new Sample("telemetry", Telemetry.class, OBJECT, EVERYTHING),
                new Sample("tracing", Tracing.class, OBJECT, EVERYTHING));
    }

    @Test
    void hasASample() {
        assertThat(Settings.all())
                .extracting(Setting::method)
                .containsExactlyElementsOf(samples().map(Sample::method).toList());
    }

    @Test
    void hasKeysOfItsOwn() {
        assertThat(Settings.all()).extracting(Setting::key).doesNotHaveDuplicates();
        assertThat(Settings.all()).extracting(Setting::variable).doesNotHaveDuplicates();
    }

    @Test
    void isAMethodOfTheBuilderAndOfTheConfiguration() {
        List<String> methods = Settings.all().stream().map(Setting::method).toList();
        assertThat(KaufmannConfig.Builder.class.getMethods())
                .extracting(Method::getName)
                .containsAll(methods);
        assertThat(Arrays.stream(KaufmannConfig.class.getMethods())
                        .filter(method -> method.getDeclaringClass() == KaufmannConfig.class)
                        .map(Method::getName))
                .containsAll(methods);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isSetByTheBuilder(Sample sample) throws ReflectiveOperationException {
        KaufmannConfig.Builder builder = complete(sample);
        KaufmannConfig.Builder.class.getMethod(sample.method(), sample.type()).invoke(builder, sample.value());

        assertThat(value(builder.build(), sample)).isEqualTo(sample.value());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isSetByProperties(Sample sample) throws ReflectiveOperationException {
        KaufmannConfig config = complete(sample)
                .properties(Samples.properties(Samples.setting(sample.method()).key(), sample.text()))
                .build();

        assertSame(value(config, sample), sample.value());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isSetByTheEnvironment(Sample sample) throws ReflectiveOperationException {
        KaufmannConfig config = complete(sample)
                .environment(Map.of(Samples.setting(sample.method()).variable(), sample.text()))
                .build();

        assertSame(value(config, sample), sample.value());
    }

    // Some settings are of no use without another.
    private static KaufmannConfig.Builder complete(Sample sample) {
        return switch (sample.method()) {
            case "registryUser", "registryPassword" ->
                Samples.essentials().registryUser("eve").registryPassword("secret");
            case "writerSchema", "autoRegister" ->
                Samples.essentials().schemaPath(List.of(Path.of("a"))).writerSchema(WriterSchema.LOCAL);
            case "jsonSchemaPath" -> Samples.essentials().transcoders("avro", "json");
            case "keylessEvents", "deadLetterParking" ->
                Samples.essentials().ordering(Ordering.KEY).deadLetterTopic("dead");
            case "transactionalIdPrefix" -> Samples.essentials().processingGuarantee(ProcessingGuarantee.EXACTLY_ONCE);
            case "maxLostWorkers" -> Samples.essentials().handlerTimeLimit(Duration.ofSeconds(1));
            default -> Samples.essentials();
        };
    }

    private static Object value(KaufmannConfig config, Sample sample) throws ReflectiveOperationException {
        if (sample.value() instanceof Transcoders) {
            return config.transcoders(new InMemorySchemaRegistry());
        }
        Object value = KaufmannConfig.class.getMethod(sample.method()).invoke(config);
        return value instanceof Optional<?> optional ? optional.orElseThrow() : value;
    }

    private static void assertSame(Object value, Object expected) {
        if (expected instanceof Transcoders || expected == OBJECT || expected instanceof EventHandler) {
            assertThat(value).hasSameClassAs(expected);
        } else {
            assertThat(value).isEqualTo(expected);
        }
    }
}
