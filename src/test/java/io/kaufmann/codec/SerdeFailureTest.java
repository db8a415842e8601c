package io.kaufmann.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.schema.RegistryUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.avro.AvroTypeException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which error of somebody else's serializer is the event's, and which its registry's. */
class SerdeFailureTest {

    private static Throwable wrapped(Throwable cause) {
        return new SerializationException("Error retrieving Avro schema", cause);
    }

    /** An error as it would come through Confluent's client. */
    private static IOException throughClient(IOException e) {
        StackTraceElement frame = new StackTraceElement(
                "io.confluent.kafka.schemaregistry.client.rest.RestService", "sendHttpRequest", "RestService.java", 1);
        e.setStackTrace(new StackTraceElement[] {frame});
        return e;
    }

    static Stream<Throwable> outages() {
        return Stream.of(
                wrapped(new ConnectException("refused")),
                wrapped(new SocketTimeoutException("Read timed out")),
                wrapped(new UnknownHostException("registry")),
                wrapped(new HttpConnectTimeoutException("slow")),
                wrapped(new SSLHandshakeException("expired")),
                wrapped(throughClient(new IOException("Premature EOF"))),
                wrapped(new RuntimeException(throughClient(new EOFException()))),
                new TimeoutException("Error serializing Avro message"),
                new InterruptException("interrupted"),
                new ConnectException());
    }

    @ParameterizedTest
    @MethodSource("outages")
    void takesForAnOutage(Throwable thrown) {
        assertThat(SerdeFailure.of("Own", thrown)).isInstanceOf(RegistryUnavailableException.class);
        Thread.interrupted(); // InterruptException has set it.
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 50001, 50003, 401, 403, 40101, 40301, 408, 429, 42901})
    void takesErrorCodesForAnOutage(int code) {
        String message = "Something; error code: " + code;
        assertThat(SerdeFailure.of("Own", wrapped(new Exception(message))))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThat(SerdeFailure.of("Own", new InvalidConfigurationException(message)))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 40401, 40403, 409, 422, 42201})
    void takesErrorCodesForTheEventsOwn(int code) {
        String message = "Schema not found; error code: " + code;
        assertThat(SerdeFailure.of("Own", wrapped(new Exception(message)))).isInstanceOf(TranscodeException.class);
        assertThat(SerdeFailure.of("Own", new InvalidConfigurationException(message)))
                .isInstanceOf(TranscodeException.class);
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                wrapped(new EOFException()),
                wrapped(new IOException("Invalid long encoding")),
                wrapped(new AvroTypeException("expecting string")),
                new SerializationException("Unknown magic byte!"),
                new ClassCastException(),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void takesForTheEventsOwn(Throwable thrown) {
        assertThat(SerdeFailure.of("Own", thrown)).isInstanceOf(TranscodeException.class);
    }

    @Test
    void saysWhoFailedAndWhy() {
        assertThat(SerdeFailure.of("event.a: KafkaAvroSerializer", wrapped(new AvroTypeException("expecting string"))))
                .hasMessage("event.a: KafkaAvroSerializer: SerializationException Error retrieving Avro schema:"
                        + " AvroTypeException expecting string");
    }

    @Test
    void keepsCredentialsOutOfMessageAndCause() {
        RuntimeException failure =
                SerdeFailure.of("Own", wrapped(new ConnectException("http://ada:s3cret@registry:8081 refused")));
        assertThat(failure).hasMessageContaining("http://registry:8081 refused").hasNoCause();
        assertThat(failure.toString()).doesNotContain("s3cret");
    }

    @Test
    void keepsAPasswordWithAnAtSignOutOfMessages() {
        assertThat(SerdeFailure.of("Own", wrapped(new ConnectException("http://ada:s3@cret@registry:8081 refused"))))
                .hasMessageContaining("http://registry:8081 refused")
                .hasNoCause();
    }

    @Test
    void cutsAndEscapesMessages() {
        assertThat(SerdeFailure.of("Own", new SerializationException("\n".repeat(100_000))))
                .message()
                .matches("\\P{Cntrl}{1,1500}");
    }

    @Test
    void endsWhereCausesGoInACircle() {
        IOException inner = new IOException("inner");
        SerializationException outer = new SerializationException("outer", inner);
        inner.initCause(outer);
        assertThat(SerdeFailure.of("Own", outer)).isInstanceOf(TranscodeException.class);
    }
}
