package io.kaufmann.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class KafkaSerdeTranscoderTest {

    private static final EventName NAME = EventName.of("event.a");

    /** The payload itself is the value. */
    private static final EventForm PLAIN = new EventForm() {
        @Override
        public Decoded toEvent(EventName name, Object value) {
            return new Decoded(Meta.empty(), Payload.of(name.base(), value));
        }

        @Override
        public Object fromEvent(Outgoing event) {
            return event.payload();
        }
    };

    /** Tells what it was given, in its bytes and its headers. */
    public static final class Telling implements Serializer<Object>, Deserializer<Object> {

        static final AtomicInteger MADE = new AtomicInteger();
        static final AtomicInteger CLOSED = new AtomicInteger();

        private final OwnRegistryClient.OneAtATime guard = new OwnRegistryClient.OneAtATime();
        private String settings = "";
        private boolean open = true;

        public Telling() {
            MADE.incrementAndGet();
        }

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            settings = configs + " key=" + isKey;
        }

        @Override
        public byte[] serialize(String topic, Object data) {
            throw new AssertionError("without headers");
        }

        @Override
        public byte[] serialize(String topic, Headers headers, Object data) {
            guard.enter();
            assertThat(open).isTrue();
            headers.add("told", new byte[] {1});
            guard.leave();
            return (settings + " " + topic + " " + data).getBytes(UTF_8);
        }

        @Override
        public Object deserialize(String topic, byte[] data) {
            throw new AssertionError("without headers");
        }

        @Override
        public Object deserialize(String topic, Headers headers, byte[] data) {
            return settings + " " + topic + " " + headers.lastHeader("told").value().length;
        }

        @Override
        public void close() {
            open = false;
            CLOSED.incrementAndGet();
        }
    }

    @BeforeEach
    void countFromZero() {
        Telling.MADE.set(0);
        Telling.CLOSED.set(0);
    }

    private static KafkaSerdeTranscoder.Builder builder() {
        return KafkaSerdeTranscoder.builder("own", PLAIN);
    }

    private static Outgoing outgoing(Object payload) {
        return new Outgoing(NAME, "rapids", Optional.empty(), payload, new RecordHeaders());
    }

    private static Encoded encoded(byte... value) {
        Headers headers = new RecordHeaders();
        headers.add("told", new byte[] {1});
        return new Encoded(NAME, "rapids", headers, value);
    }

    @Test
    void passesTopicHeadersAndSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("a", null);
        try (KafkaSerdeTranscoder own = builder()
                .serializer(Telling.class, settings)
                .deserializer(Telling.class, settings)
                .build()) {
            Outgoing event = outgoing("x");
            assertThat(own.encode(event)).asString(UTF_8).isEqualTo("{a=null} key=false rapids x");
            assertThat(event.headers().lastHeader("told")).isNotNull();
            assertThat(own.decode(encoded((byte) 1)).payload().value()).isEqualTo("{a=null} key=false rapids 1");
        }
        assertThat(Telling.CLOSED).hasValue(2);
    }

    @Test
    void makesNoMoreThanAreInUseAtOnce() {
        try (KafkaSerdeTranscoder own =
                builder().serializer(Telling.class.getName(), Map.of()).build()) {
            for (int i = 0; i < 100; i++) {
                own.encode(outgoing(i));
            }
            assertThat(Telling.MADE).hasValue(1);
        }
        assertThat(Telling.CLOSED).hasValue(1);
    }

    @Test
    void leavesAGivenOneOpen() {
        Telling given = new Telling();
        builder().serializer(given).build().close();
        assertThat(Telling.CLOSED).hasValue(0);
    }

    @Test
    void refusesWorkWhenClosed() {
        KafkaSerdeTranscoder own = builder().serializer(Telling.class, Map.of()).build();
        own.close();
        own.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> own.encode(outgoing(1)));
        assertThat(Telling.CLOSED).hasValue(1);
    }

    @RepeatedTest(100)
    void closesAllThatItMadeWhoeverUsesThemMeanwhile() throws Exception {
        KafkaSerdeTranscoder own = builder().serializer(Telling.class, Map.of()).build();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CountDownLatch started = new CountDownLatch(4);
        try {
            Future<?>[] users = new Future<?>[4];
            for (int i = 0; i < users.length; i++) {
                users[i] = threads.submit(() -> {
                    started.countDown();
                    try {
                        while (true) {
                            own.encode(outgoing(1));
                        }
                    } catch (IllegalStateException closed) {
                        return;
                    }
                });
            }
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            own.close();
            for (Future<?> user : users) {
                user.get(10, TimeUnit.SECONDS);
            }
            assertThat(Telling.CLOSED).hasValue(Telling.MADE.get());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void needsASerializerOrADeserializer() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> builder().build())
                .withMessageContaining("own");
        KafkaSerdeTranscoder reads =
                builder().deserializer(new StringDeserializer()).build();
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> reads.encode(outgoing("x")))
                .withMessageContaining("no serializer");
        KafkaSerdeTranscoder writes =
                builder().serializer(new StringSerializer()).build();
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> writes.decode(encoded((byte) 1)))
                .withMessageContaining("no deserializer");
    }

    /** Has no constructor that could be called. */
    public static final class Unmakeable extends StringSerializer {
        public Unmakeable(int needed) {
            assertThat(needed).isPositive();
        }
    }

    @Test
    void saysWhichClassCannotBeMade() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> builder().serializer("com.acme.Missing", Map.of("password", "s3cret")))
                .withMessageContaining("com.acme.Missing")
                .withMessageNotContaining("s3cret");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> builder().serializer(StringDeserializer.class.getName(), Map.of()))
                .withMessageContaining("StringDeserializer");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> builder().serializer(Unmakeable.class, Map.of()))
                .withMessageContaining("constructor");
    }

    @Test
    void tellsAValueThatTheSerializerDoesNotTake() {
        KafkaSerdeTranscoder numbers =
                builder().serializer(new IntegerSerializer()).build();
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> numbers.encode(outgoing("text")))
                .withMessageContaining("event.a")
                .withMessageContaining("ClassCastException");
        assertThat(numbers.encode(outgoing(1))).containsExactly(0, 0, 0, 1);
    }

    @Test
    void refusesAValueOrBytesThatAreNotThere() {
        KafkaSerdeTranscoder nothing = builder()
                .serializer((Serializer<Object>) (topic, data) -> null)
                .deserializer((Deserializer<Object>) (topic, data) -> null)
                .build();
        assertThatExceptionOfType(TranscodeException.class).isThrownBy(() -> nothing.encode(outgoing("x")));
        assertThatExceptionOfType(TranscodeException.class).isThrownBy(() -> nothing.decode(encoded((byte) 1)));
    }

    @Test
    void survivesADeserializerThatOverflowsTheStack() {
        KafkaSerdeTranscoder deep = builder()
                .deserializer((Deserializer<Object>) (topic, data) -> {
                    throw new StackOverflowError();
                })
                .build();
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> deep.decode(encoded((byte) 1)))
                .withMessageContaining("StackOverflowError");
    }

    @Test
    void mayBeTriedWhereItsOwnerSaysSo() {
        KafkaSerdeTranscoder text = builder()
                .deserializer(new StringDeserializer())
                .mayTry(record -> record.value()[0] != 0)
                .build();
        assertThat(text.mayTry(encoded((byte) 'x'))).isTrue();
        assertThat(text.mayTry(encoded((byte) 0))).isFalse();
    }
}
