package io.kaufmann.internal.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.handler.DeadLetter;
import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.Result;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.DeliveryBench;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.publish.PublishException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeadLetterTest {

    private final ProcessorBench bench = new ProcessorBench();
    private final ScriptedOutbox outbox = bench.outbox;

    @BeforeEach
    void fail() {
        bench.deadLetters = DeadLetters.to("dead");
        bench.handler = event -> {
            throw new IllegalStateException("on purpose");
        };
    }

    @AfterEach
    void speak() {
        bench.close();
    }

    private OutgoingRecord letter() {
        return outbox.sent.stream()
                .map(ScriptedOutbox.Sent::record)
                .filter(record -> record.topic().equals("dead"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> headers(OutgoingRecord record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    @Test
    void isTheRecordAsItWasReadWithHeadersThatTellWhatWentWrong() {
        bench.retries = RetryPolicy.fixed(2, Duration.ZERO);
        RecordHeaders own = new RecordHeaders();
        own.add("trace", "t-1".getBytes(UTF_8));
        Delivery delivery = bench.handle(bench.deliveries.lane(), "order.placed#7", own);
        bench.pass();

        OutgoingRecord letter = letter();
        assertThat(letter.key()).isSameAs(delivery.record().key());
        assertThat(letter.value()).isSameAs(delivery.record().value());
        assertThat(letter.partition().apply(2)).hasValue(3 % 2);
        assertThat(letter.timestamp()).hasValue(DeliveryBench.TIMESTAMP);
        assertThat(headers(letter))
                .containsEntry("trace", "t-1")
                .containsEntry("__connect.errors.topic", "orders")
                .containsEntry("__connect.errors.partition", "3")
                .containsEntry("__connect.errors.offset", "0")
                .containsEntry("__connect.errors.connector.name", "the-service")
                .containsEntry("__connect.errors.stage", "HANDLE")
                .containsEntry("__connect.errors.exception.class.name", "java.lang.IllegalStateException")
                .containsEntry("__connect.errors.exception.message", "on purpose")
                .containsEntry("kaufmann.dead.letter.event", "order.placed")
                .containsEntry("kaufmann.dead.letter.ordering.key", "7")
                .containsEntry("kaufmann.dead.letter.group", "the-group")
                .containsEntry("kaufmann.dead.letter.attempts", "2");
        assertThat(headers(letter).get("__connect.errors.exception.stacktrace")).contains("DeadLetterTest");
    }

    /** P1: the event is done when both its dead letter and its error event are acknowledged. */
    @Test
    void comesBeforeTheErrorEventAndBothBeforeTheEnd() {
        outbox.late = true;
        Delivery delivery = bench.handle();
        assertThat(outbox.texts()).containsExactly("order.placed#7 to dead");

        outbox.answer(0, Optional.empty());
        bench.work();
        assertThat(outbox.texts()).contains("event.error.order.placed#7 to default");
        assertThat(delivery.outcome()).isNull();
        outbox.answer(1, Optional.empty());
        outbox.answer(2, Optional.empty());
        bench.work();

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void isKeptForWhatCannotBeDecodedToo() {
        bench.handler = event -> Result.noReply();
        Delivery nameless = bench.handle(null, "{}");

        assertThat(nameless.outcome()).isEqualTo(Outcome.DONE);
        assertThat(headers(letter()))
                .containsEntry("__connect.errors.stage", "DECODE")
                .containsEntry("kaufmann.dead.letter.attempts", "0")
                .doesNotContainKey("kaufmann.dead.letter.event");
    }

    @Test
    void keepsATombstoneAsATombstone() {
        bench.handler = event -> Result.noReply();
        bench.handle("order.placed", null);
        assertThat(letter().value()).isNull();
    }

    /** A handler that answers for what cannot be decoded has taken care of it. */
    @Test
    void isNotWrittenWhenTheHandlerTakesCareOfTheError() {
        ProcessorBench quiet = new ProcessorBench();
        quiet.deadLetters = DeadLetters.to("dead");
        quiet.errorHandler = error -> Result.noReply();
        quiet.handle("order.placed", "undecodable");
        assertThat(quiet.outbox.sent).isEmpty();
        quiet.close();
    }

    @Test
    void isTriedAgainUntilItIsWritten() {
        outbox.next.add(Optional.of(ScriptedOutbox.outage()));
        outbox.next.add(Optional.of(ScriptedOutbox.rejection()));
        Delivery delivery = bench.handle();
        bench.pass();
        assertThat(delivery.outcome()).isNull();

        bench.pass();

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(outbox.texts().subList(0, 3)).allMatch(text -> text.equals("order.placed#7 to dead"));
    }

    static List<ApiException> refusalsOfTheRecord() {
        return List.of(
                new RecordTooLargeException("on purpose"),
                new RecordBatchTooLargeException("on purpose"),
                new InvalidTimestampException("on purpose"),
                new InvalidRecordException("on purpose"));
    }

    @ParameterizedTest
    @MethodSource("refusalsOfTheRecord")
    void isGivenUpOnlyWhenItsTopicWillNeverTakeIt(ApiException refusal) {
        outbox.failure = record -> record.topic().equals("dead")
                ? Optional.of(PublishException.rejected("refused", refusal))
                : Optional.empty();

        Delivery delivery = bench.handle();

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(outbox.texts()).contains("event.error.order.placed#7 to default");
    }

    /** Where a dead letter is kept, an error event that can never be written does not stop the partition. */
    @Test
    void letsAnEventEndWhoseErrorEventCannotBeWritten() {
        outbox.failure =
                record -> record.topic().equals("dead") ? Optional.empty() : Optional.of(ScriptedOutbox.rejection());

        Delivery delivery = bench.handle();
        bench.pass();

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    }

    /** An outage in between says nothing of the form in which it is told. */
    @Test
    void doesNotSpareTheErrorEventItsPlainFormBecauseOfAnOutage() {
        outbox.next.addAll(List.of(
                Optional.empty(),
                Optional.of(ScriptedOutbox.outage()),
                Optional.empty(),
                Optional.of(ScriptedOutbox.rejection()),
                Optional.empty()));

        Delivery delivery = bench.handle();
        bench.pass();
        bench.pass();

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(outbox.sent).hasSize(5);
        assertThat(outbox.value(4)).contains("error=java.lang.IllegalStateException: on purpose");
    }

    @Test
    void isChosenByARule() {
        List<DeadLetter> asked = new ArrayList<>();
        bench.deadLetters = letter -> {
            asked.add(letter);
            return letter.error() instanceof IllegalStateException ? Optional.empty() : Optional.of("dead");
        };

        assertThat(bench.handle().outcome()).isEqualTo(Outcome.DONE);

        assertThat(outbox.texts()).noneMatch(text -> text.endsWith("to dead"));
        assertThat(asked).singleElement().satisfies(letter -> {
            assertThat(letter.event()).contains("order.placed");
            assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.HANDLE);
            assertThat(letter.attempts()).isEqualTo(1);
        });
    }

    /** A rule that is wrong makes its events wait: nothing vanishes, and nothing goes round in a circle. */
    @Test
    void waitsWhileTheRuleIsWrong() {
        List<Optional<String>> answers = new ArrayList<>();
        answers.add(null);
        answers.add(Optional.of("orders"));
        answers.add(Optional.of("__consumer_offsets"));
        answers.add(Optional.of("dead"));
        bench.deadLetters = letter -> answers.remove(0);

        Delivery delivery = bench.handle();
        for (int i = 0; i < 3; i++) {
            assertThat(delivery.outcome()).isNull();
            assertThat(outbox.sent).isEmpty();
            bench.pass();
        }
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(outbox.texts()).contains("order.placed#7 to dead");
    }

    @Test
    void tellsTheLastFailureOnlyWhenItFailsAgainAfterARedrive() {
        bench.handle();
        OutgoingRecord first = letter();
        outbox.sent.clear();
        bench.handle(bench.deliveries.lane(), "order.placed#7", first.headers());

        assertThat(letter().headers().headers("__connect.errors.offset")).hasSize(1);
        assertThat(headers(letter())).containsEntry("__connect.errors.offset", "1");
    }

    @Test
    void isTheAnswerToAReplyThatCanNeverBeWritten() {
        bench.handler = event -> Result.reply("order.confirmed", Map.of());
        outbox.failure = record -> record.name().base().equals("order.confirmed")
                ? Optional.of(ScriptedOutbox.rejection())
                : Optional.empty();

        assertThat(bench.handle().outcome()).isEqualTo(Outcome.DONE);
        assertThat(headers(letter())).containsEntry("__connect.errors.stage", "PUBLISH");
    }
}
