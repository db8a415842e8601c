package io.kaufmann.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.handler.Result;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.publish.PublishException;
import io.kaufmann.schema.RegistryUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** P5: an outage waits, however long it lasts; an event that the registry cannot answer for is that event's failure. */
class SuspectsTest {

    private final ProcessorBench bench = new ProcessorBench();

    @AfterEach
    void speak() {
        bench.close();
    }

    private Delivery handleTimes(int tries) {
        Delivery delivery = bench.handle();
        for (int i = 1; i < tries; i++) {
            bench.pass();
        }
        return delivery;
    }

    @Test
    void waitsForARegistryThatAnswersNobody() {
        bench.decoding = () -> {
            throw new RegistryUnavailableException("away, on purpose", null);
        };
        Delivery delivery = handleTimes(200);
        assertThat(delivery.outcome()).isNull();
        assertThat(bench.deliveries.assignment.running()).isZero();

        bench.decoding = () -> {};
        bench.pass();

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handled).containsExactly("order.placed");
    }

    @Test
    void takesItForTheEventsFaultWhenTheRegistryAnswersOthers() {
        bench.registryAnswers = true;
        bench.decoding = () -> {
            throw new RegistryUnavailableException("500 for this schema, on purpose", null);
        };
        Delivery delivery = handleTimes(7);
        bench.clock.advance(Duration.ofSeconds(29));
        bench.pass();
        assertThat(delivery.outcome()).isNull();

        bench.clock.advance(Duration.ofSeconds(1));
        bench.pass();

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handled).containsExactly("error order.placed");
    }

    /**
     * Others are answered again, and the event meets an answer from before: one that is remembered, or was long on its way. That
     * must not be held against it.
     */
    @Test
    void doesNotTakeAnAnswerFromBeforeForTheEventsFault() {
        bench.decoding = () -> {
            throw new RegistryUnavailableException("away, on purpose", null);
        };
        Delivery delivery = handleTimes(10);
        bench.clock.advance(Duration.ofHours(1));
        bench.registryAnswers = true;
        bench.pass();
        bench.registryAnswers = false;
        bench.clock.advance(Duration.ofMinutes(1));
        bench.pass();
        bench.registryAnswers = true;
        bench.pass();
        assertThat(delivery.outcome()).isNull();

        bench.decoding = () -> {};
        bench.pass();

        assertThat(bench.handled).containsExactly("order.placed");
    }

    /** The same where a reply cannot be encoded. */
    @Test
    void takesAReplyThatCannotBeEncodedForTheEventsFaultAfterAWhile() {
        bench.registryAnswers = true;
        bench.handler = event -> Result.reply("order.confirmed", Map.of());
        bench.outbox.refusal = (publication, meta) -> publication.name().isError()
                ? Optional.empty()
                : Optional.of(PublishException.unavailable(
                        "no schema", new RegistryUnavailableException("500 for this schema, on purpose", null)));
        Delivery delivery = handleTimes(7);
        assertThat(delivery.outcome()).isNull();

        bench.clock.advance(Duration.ofSeconds(30));
        bench.pass();

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.outbox.texts()).contains("event.error.order.placed#7 to default");
    }

    /** Its credentials are wrong: that is nobody's event. */
    @Test
    void neverTakesARegistryThatLetsNobodyInForTheEventsFault() {
        bench.registryAnswers = true;
        bench.decoding = () -> {
            throw new RegistryUnavailableException("401, on purpose", null, true);
        };
        assertThat(handleTimes(50).outcome()).isNull();
        assertThat(bench.handled).isEmpty();
    }

    @Test
    void waitsForMemoryThatAnotherEventMayHaveTaken() {
        int[] tries = {0};
        bench.decoding = () -> {
            if (++tries[0] < 3) {
                throw new OutOfMemoryError("on purpose");
            }
        };
        bench.handler = event -> Result.noReply();

        Delivery delivery = handleTimes(3);

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handled).containsExactly("order.placed");
    }

    @Test
    void takesMemoryThatNeverSufficesForTheEventsFault() {
        bench.decoding = () -> {
            throw new OutOfMemoryError("on purpose");
        };
        Delivery delivery = handleTimes(4);
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handled).containsExactly("error order.placed");
    }
}
