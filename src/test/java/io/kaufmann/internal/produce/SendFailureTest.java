package io.kaufmann.internal.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.EventName;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Target;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SendFailureTest {

    private static final OutgoingRecord RECORD = new OutgoingRecord(
            EventName.of("order.placed"),
            Target.defaultTopic(),
            "orders",
            count -> OptionalInt.empty(),
            new byte[0],
            new byte[7],
            new RecordHeaders(),
            OptionalLong.empty());

    static Stream<Exception> outages() {
        return Stream.of(
                new TimeoutException("on purpose"),
                new BufferExhaustedException("on purpose"),
                new NotEnoughReplicasException("on purpose"),
                new CorruptRecordException("on purpose"),
                new SaslAuthenticationException("on purpose"),
                new ClusterAuthorizationException("on purpose"),
                new OutOfOrderSequenceException("on purpose"),
                new TransactionAbortedException("on purpose"),
                new InvalidTxnStateException("on purpose"),
                new ProducerFencedException("on purpose"),
                new KafkaException("on purpose"),
                new IllegalStateException("the producer is closed"));
    }

    static Stream<Exception> faults() {
        return Stream.of(
                new RecordTooLargeException("on purpose"),
                new TopicAuthorizationException("orders"),
                new InvalidTopicException("on purpose"),
                new PolicyViolationException("on purpose"),
                new IllegalArgumentException("on purpose"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void triesAgainWhatIsNotKnownToBeTheRecordsFault(Exception error) {
        PublishException failure = SendFailure.of(RECORD, error);
        assertThat(failure.retriable()).isTrue();
        assertThat(failure)
                .hasMessageContaining("order.placed to orders (7 bytes)")
                .hasCause(error);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void rejectsWhatNoTryCanMendAndSaysWhatToDo(Exception error) {
        PublishException failure = SendFailure.of(RECORD, error);
        assertThat(failure.retriable()).isFalse();
        assertThat(failure)
                .hasMessageContaining("order.placed to orders (7 bytes)")
                .hasCause(error);
    }
}
