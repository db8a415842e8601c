package io.kaufmann.codec;

import io.kaufmann.schema.RegistryUnavailableException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A team's own Kafka serializer and deserializer as a transcoder: Confluent's, or any other. How an event stands in their
 * values an {@link EventForm} says. Thread-safe; closing it closes what it made.
 *
 * <pre>{@code
 * KafkaSerdeTranscoder.builder("confluent", AvroEventForm.of(registry, SubjectStrategy.eventName()))
 *         .serializer("io.confluent.kafka.serializers.KafkaAvroSerializer", settings)
 *         .deserializer("io.confluent.kafka.serializers.KafkaAvroDeserializer", settings)
 *         .build()
 * }</pre>
 *
 * <p>An error of the serializer or deserializer is the event's: a {@link TranscodeException} with its message. Where it
 * tells that a schema registry was not reached, answered 5xx, timed out or refused the credentials, it is a
 * {@link RegistryUnavailableException}, and the event waits.
 */
public final class KafkaSerdeTranscoder implements Transcoder, AutoCloseable {

    private final String name;
    private final EventForm form;
    private final Optional<Loan<Serializer<Object>>> serializer;
    private final Optional<Loan<Deserializer<?>>> deserializer;
    private final Predicate<Encoded> mayTry;

    private KafkaSerdeTranscoder(Builder builder) {
        this.name = builder.name;
        this.form = builder.form;
        this.serializer = Optional.ofNullable(builder.serializer);
        this.deserializer = Optional.ofNullable(builder.deserializer);
        this.mayTry = builder.mayTry;
    }

    /**
     * A builder, which needs a serializer, a deserializer or both.
     *
     * @param name the name by which publications and rules ask for the transcoder
     * @param form how an event stands in the values
     * @return the builder
     */
    public static Builder builder(String name, EventForm form) {
        return new Builder(name, form);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean mayTry(Encoded record) {
        return mayTry.test(record);
    }

    /**
     * {@inheritDoc}
     *
     * @throws RegistryUnavailableException when the deserializer's registry gave no usable answer
     */
    @Override
    public Decoded decode(Encoded record) {
        Loan<Deserializer<?>> loan =
                deserializer.orElseThrow(() -> new TranscodeException("it has no deserializer, only a serializer"));
        if (record.value() == null) {
            throw new TranscodeException("no value: a tombstone, or sent without a body");
        }
        Object value = loan.call(own -> deserialized(own, record));
        if (value == null) {
            throw new TranscodeException("the deserializer found no value in " + record.value().length + " bytes");
        }
        return formed("reading " + value.getClass().getName(), () -> form.toEvent(record.name(), value));
    }

    private static Object deserialized(Deserializer<?> own, Encoded record) {
        try {
            return own.deserialize(record.topic(), record.headers(), record.value());
        } catch (RuntimeException | StackOverflowError e) { // Somebody else's code, and bytes from anywhere.
            throw SerdeFailure.of(own.getClass().getSimpleName(), e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws RegistryUnavailableException when the serializer's registry gave no usable answer
     */
    @Override
    public byte[] encode(Outgoing event) {
        String shown = event.name().printable();
        Loan<Serializer<Object>> loan = serializer.orElseThrow(() ->
                new TranscodeException(shown + ": transcoder " + name + " has no serializer, only a deserializer"));
        Object value = formed(shown, () -> form.fromEvent(event));
        byte[] bytes = loan.call(own -> serialized(own, event, value));
        if (bytes == null) {
            throw new TranscodeException(shown + ": the serializer of transcoder " + name + " made no bytes of it");
        }
        return bytes;
    }

    private static byte[] serialized(Serializer<Object> own, Outgoing event, Object value) {
        try {
            return own.serialize(event.topic(), event.headers(), value);
        } catch (RuntimeException | StackOverflowError e) {
            throw SerdeFailure.of(
                    event.name().printable() + ": " + own.getClass().getSimpleName(), e);
        }
    }

    private static <R> R formed(String what, Supplier<R> forming) {
        try {
            return forming.get();
        } catch (TranscodeException | RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) { // Avro's writers go as deep as a value does.
            throw SerdeFailure.of(what, e);
        }
    }

    /** Closes the serializers and deserializers that were made by class name; given ones stay as they are. */
    @Override
    public void close() {
        serializer.ifPresent(Loan::close);
        deserializer.ifPresent(Loan::close);
    }

    @Override
    public String toString() {
        return name + ", " + serializer.map(Loan::toString).orElse("no serializer") + ", "
                + deserializer.map(Loan::toString).orElse("no deserializer");
    }

    /** Settings of a {@link KafkaSerdeTranscoder}. Not thread-safe; what it builds is. */
    public static final class Builder {

        private final String name;
        private final EventForm form;
        private Loan<Serializer<Object>> serializer;
        private Loan<Deserializer<?>> deserializer;
        private Predicate<Encoded> mayTry = record -> true;

        private Builder(String name, EventForm form) {
            this.name = Objects.requireNonNull(name, "name");
            this.form = Objects.requireNonNull(form, "form");
        }

        /**
         * Encodes with a serializer that is there. It must be thread-safe, as Confluent's are: all workers call it at
         * once. Whoever made it closes it.
         *
         * @param own the serializer, configured
         * @return this
         */
        @SuppressWarnings("unchecked") // A value that it does not take is told as the event's error.
        public Builder serializer(Serializer<?> own) {
            this.serializer = Loan.shared((Serializer<Object>) Objects.requireNonNull(own, "own"));
            return this;
        }

        /**
         * Encodes with serializers of a class, made as they are needed: no two threads use one at once, so it need not be
         * thread-safe. Each has its own cache of schemas, if it has one; where the class is thread-safe, a serializer of
         * your own given to {@link #serializer(Serializer)} asks its registry less.
         *
         * @param type the class, with a public constructor without parameters
         * @param settings its settings, as for Kafka's {@code value.serializer}
         * @return this
         * @throws IllegalArgumentException when none can be made
         * @throws org.apache.kafka.common.KafkaException when it refuses its settings
         */
        @SuppressWarnings("unchecked")
        public Builder serializer(Class<? extends Serializer<?>> type, Map<String, ?> settings) {
            return serializers((Class<? extends Serializer<Object>>) type, settings);
        }

        /**
         * The same, with the class's name: it need not be there when this is compiled.
         *
         * @param className the class's name
         * @param settings its settings
         * @return this
         * @throws IllegalArgumentException when there is no such class, or none can be made of it
         * @throws org.apache.kafka.common.KafkaException when it refuses its settings
         */
        @SuppressWarnings("unchecked")
        public Builder serializer(String className, Map<String, ?> settings) {
            return serializers(
                    (Class<? extends Serializer<Object>>) SerdeClass.find(className, Serializer.class), settings);
        }

        private Builder serializers(Class<? extends Serializer<Object>> type, Map<String, ?> settings) {
            this.serializer = new Pool<>(
                    SerdeClass.maker(type, settings, (made, given) -> made.configure(given, false)), Serializer::close);
            return this;
        }

        /**
         * Decodes with a deserializer that is there; as in {@link #serializer(Serializer)}.
         *
         * @param own the deserializer, configured
         * @return this
         */
        public Builder deserializer(Deserializer<?> own) {
            this.deserializer = Loan.shared(Objects.requireNonNull(own, "own"));
            return this;
        }

        /**
         * Decodes with deserializers of a class; as in {@link #serializer(Class, Map)}.
         *
         * @param type the class, with a public constructor without parameters
         * @param settings its settings, as for Kafka's {@code value.deserializer}
         * @return this
         * @throws IllegalArgumentException when none can be made
         * @throws org.apache.kafka.common.KafkaException when it refuses its settings
         */
        public Builder deserializer(Class<? extends Deserializer<?>> type, Map<String, ?> settings) {
            this.deserializer = new Pool<>(
                    SerdeClass.<Deserializer<?>>maker(type, settings, (made, given) -> made.configure(given, false)),
                    Deserializer::close);
            return this;
        }

        /**
         * The same, with the class's name: it need not be there when this is compiled.
         *
         * @param className the class's name
         * @param settings its settings
         * @return this
         * @throws IllegalArgumentException when there is no such class, or none can be made of it
         * @throws org.apache.kafka.common.KafkaException when it refuses its settings
         */
        @SuppressWarnings("unchecked")
        public Builder deserializer(String className, Map<String, ?> settings) {
            return deserializer(
                    (Class<? extends Deserializer<?>>) SerdeClass.find(className, Deserializer.class), settings);
        }

        /**
         * Says which records it may be tried on for which no rule names it. A deserializer that takes almost any bytes,
         * such as one of text, should say no where they look like another format's. Default: all.
         *
         * @param which quick, and thread-safe
         * @return this
         */
        public Builder mayTry(Predicate<Encoded> which) {
            this.mayTry = Objects.requireNonNull(which, "which");
            return this;
        }

        /**
         * The transcoder.
         *
         * @return the transcoder
         * @throws IllegalStateException when there is neither serializer nor deserializer
         */
        public KafkaSerdeTranscoder build() {
            if (serializer == null && deserializer == null) {
                throw new IllegalStateException(
                        "The transcoder " + name + " needs a serializer, a deserializer or both");
            }
            return new KafkaSerdeTranscoder(this);
        }
    }
}
