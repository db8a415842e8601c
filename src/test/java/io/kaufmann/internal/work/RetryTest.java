package io.kaufmann.internal.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.Event;
import io.kaufmann.handler.Result;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryTest {

    private final ProcessorBench bench = new ProcessorBench();
    private final List<Integer> attempts = new ArrayList<>();

    @AfterEach
    void speak() {
        bench.close();
    }

    private void failUntilAttempt(int last) {
        bench.handler = event -> {
            attempts.add(event.attempt());
            if (event.attempt() < last) {
                throw new IOException("not yet, on purpose");
            }
            return Result.noReply();
        };
    }

    @Test
    void handlesAnEventAgainAfterItsWait() {
        bench.retries = RetryPolicy.fixed(5, Duration.ofSeconds(7));
        failUntilAttempt(3);

        Delivery delivery = bench.handle();

        assertThat(delivery.outcome()).isNull();
        assertThat(delivery.stage()).isEqualTo(Stage.RETRYING);
        assertThat(bench.timer.lastDelay()).isEqualTo(Duration.ofSeconds(7));
        bench.pass();
        bench.pass();
        assertThat(attempts).containsExactly(1, 2, 3);
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.outbox.sent).isEmpty();
    }

    @Test
    void answersByAnErrorEventAfterTheLastAttempt() {
        bench.retries = RetryPolicy.fixed(2, Duration.ZERO);
        failUntilAttempt(100);

        Delivery delivery = bench.handle();
        bench.pass();

        assertThat(attempts).containsExactly(1, 2);
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.outbox.texts()).contains("event.error.order.placed#7 to default");
    }

    /** A waiting retry holds its lane, and neither a worker nor a revoke. */
    @Test
    void holdsItsLaneButNeitherAWorkerNorARevoke() {
        bench.retries = RetryPolicy.fixed(2, Duration.ofHours(1));
        failUntilAttempt(2);
        Lane lane = bench.deliveries.lane();

        Delivery first = bench.handle(lane, "order.placed#7", new RecordHeaders());
        Delivery second = bench.handle(lane, "order.placed#7", new RecordHeaders());
        bench.handle();

        // The one behind waits, the other's worker has gone on to a third.
        assertThat(attempts).containsExactly(1, 1);
        assertThat(second.stage()).isEqualTo(Stage.QUEUED);
        assertThat(bench.deliveries.assignment.running()).isZero();
        assertThat(bench.deliveries.assignment.share().taken()).isZero();
        bench.pass();
        assertThat(first.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void makesNoFurtherAttemptOnceItsPartitionIsGivenUp() {
        bench.retries = RetryPolicy.fixed(5, Duration.ofSeconds(1));
        failUntilAttempt(100);
        Delivery delivery = bench.handle();

        bench.deliveries.assignment.drain();
        bench.pass();

        assertThat(attempts).containsExactly(1);
        assertThat(delivery.outcome()).isEqualTo(Outcome.DROPPED);
    }

    /** Its place among what is in flight is wanted by other partitions. */
    @Test
    void doesNotWaitForItsNextAttemptOnceItsPartitionIsGivenUp() {
        bench.retries = RetryPolicy.fixed(5, Duration.ofHours(1));
        failUntilAttempt(100);
        Delivery sleeping = bench.handle();
        Delivery running = bench.deliveries.queued("order.placed#8", "{}".getBytes(UTF_8));
        bench.handler = event -> {
            bench.deliveries.assignment.drain();
            sleeping.lane().hurry();
            throw new IOException("not yet, on purpose");
        };

        bench.work();

        assertThat(sleeping.outcome()).isEqualTo(Outcome.DROPPED);
        assertThat(running.outcome()).isEqualTo(Outcome.DROPPED);
        bench.pass();
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void takesAPolicyThatReturnsNullForOneThatSaysNo() {
        bench.retries = (failed, error) -> null;
        failUntilAttempt(2);

        assertThat(bench.handle().outcome()).isEqualTo(Outcome.DONE);
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void waitsAYearWhereAPolicySaysForEver() {
        bench.retries = (failed, error) -> Optional.of(Duration.ofSeconds(failed == 1 ? Long.MAX_VALUE : -5));
        failUntilAttempt(3);

        Delivery delivery = bench.handle();

        assertThat(bench.timer.lastDelay()).isEqualTo(Duration.ofDays(365));
        bench.pass();
        assertThat(bench.timer.lastDelay()).isEqualTo(Duration.ZERO);
        bench.pass();
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void doesNotRepeatAHandlersAnswer() {
        bench.retries = RetryPolicy.fixed(5, Duration.ZERO);
        bench.handler = event -> Result.failure("not enough on the account");

        assertThat(bench.handle().outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handled).hasSize(1);
    }

    @Test
    void doesNotRepeatWhatCannotBeDecoded() {
        bench.retries = RetryPolicy.fixed(5, Duration.ZERO);

        Delivery delivery = bench.handle("order.placed", "undecodable");

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handled).hasSize(1);
    }

    @Test
    void doesNotCallTheHandlerAgainForAReplyThatIsKeptBack() {
        bench.retries = RetryPolicy.fixed(5, Duration.ZERO);
        bench.handler = event -> Result.reply("order.confirmed", java.util.Map.of());
        bench.outbox.next.add(java.util.Optional.of(ScriptedOutbox.outage()));

        Delivery delivery = bench.handle();
        bench.pass();

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handled).hasSize(1);
        assertThat(bench.outbox.sent).hasSize(2);
    }

    @Test
    void takesAPolicyThatThrowsForOneThatSaysNo() {
        bench.retries = (failed, error) -> {
            throw new IllegalStateException("on purpose");
        };
        failUntilAttempt(2);

        assertThat(bench.handle().outcome()).isEqualTo(Outcome.DONE);
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void givesEachAttemptTheSameEvent() {
        bench.retries = RetryPolicy.fixed(2, Duration.ZERO);
        List<Event> events = new ArrayList<>();
        bench.handler = event -> {
            events.add(event);
            throw new IOException("on purpose");
        };
        bench.handle();
        bench.pass();

        assertThat(events).extracting(Event::attempt).containsExactly(1, 2);
        assertThat(events.get(1).payload()).isEqualTo(events.get(0).payload());
        assertThat(events.get(1).offset()).isEqualTo(events.get(0).offset());
    }
}
