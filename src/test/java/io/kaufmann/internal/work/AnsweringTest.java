package io.kaufmann.internal.work;

import static io.kaufmann.internal.work.ScriptedOutbox.outage;
import static io.kaufmann.internal.work.ScriptedOutbox.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.handler.Result;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** P1: an event is done when the broker has acknowledged all that came of it. */
class AnsweringTest {

    private final ProcessorBench bench = new ProcessorBench();
    private final ScriptedOutbox outbox = bench.outbox;

    @AfterEach
    void speak() {
        bench.close();
    }

    private static Result reply(String... names) {
        return Result.reply(
                List.of(names).stream().map(name -> Publication.of(name, "x")).toList());
    }

    @Test
    void isDoneAtOnceWithoutAReply() {
        assertThat(bench.handle().outcome()).isEqualTo(Outcome.DONE);
        bench.handler = event -> reply();
        assertThat(bench.handle().outcome()).isEqualTo(Outcome.DONE);
        assertThat(outbox.sent).isEmpty();
    }

    @Test
    void isDoneOnlyOnceEveryReplyIsAcknowledged() {
        bench.handler = event -> reply("a", "b", "c");
        outbox.late = true;
        Delivery delivery = bench.handle();
        assertThat(outbox.texts()).containsExactly("a to default", "b to default", "c to default");

        outbox.answer(2, Optional.empty());
        outbox.answer(0, Optional.empty());
        assertThat(delivery.outcome()).isNull();
        assertThat(bench.deliveries.assignment.running()).isEqualTo(1);

        outbox.answer(1, Optional.empty());
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.deliveries.assignment.running()).isZero();
    }

    @Test
    void repeatsJustWhatAnOutageKeptBackWithTheSameBytesAndNoSecondCallOfTheHandler() {
        bench.handler = event -> reply("a", "b", "c");
        outbox.next.addAll(List.of(Optional.empty(), Optional.of(outage()), Optional.of(outage())));
        Delivery delivery = bench.handle();
        assertThat(delivery.outcome()).isNull();

        bench.pass();

        assertThat(outbox.texts().subList(3, 5)).containsExactly("b to default", "c to default");
        assertThat(outbox.sent.get(3).record()).isSameAs(outbox.sent.get(1).record());
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handled).hasSize(1);
    }

    @Test
    void waitsLongerWithEachTryOfAnOutageAndDoesNotGiveUp() {
        bench.handler = event -> reply("a");
        outbox.failure = record -> Optional.of(outage());
        Delivery delivery = bench.handle();
        for (int i = 0; i < 100; i++) {
            bench.pass();
        }
        assertThat(bench.timer.lastDelay())
                .isBetween(java.time.Duration.ofMillis(2_500), java.time.Duration.ofSeconds(5));
        assertThat(delivery.outcome()).isNull();
        assertThat(outbox.sent).hasSize(101);

        outbox.failure = record -> Optional.empty();
        bench.pass();
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void answersAReplyThatIsRejectedByAnErrorEvent() {
        bench.handler = event -> reply("a", "b");
        outbox.next.addAll(List.of(Optional.of(rejection()), Optional.empty()));

        Delivery delivery = bench.handle();

        assertThat(outbox.texts().subList(2, 4))
                .containsExactly("event.error.order.placed#7 to default", "event.error.order.placed#7 to callbacks");
        assertThat(outbox.value(2)).contains("the broker refuses it");
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void repeatsWhatAnOutageKeptBackBeforeItTellsOfARejection() {
        bench.handler = event -> reply("a", "b");
        outbox.next.addAll(List.of(Optional.of(rejection()), Optional.of(outage())));
        Delivery delivery = bench.handle();
        assertThat(outbox.sent).hasSize(2);

        bench.pass();

        assertThat(outbox.texts().subList(2, 5))
                .containsExactly(
                        "b to default",
                        "event.error.order.placed#7 to default",
                        "event.error.order.placed#7 to callbacks");
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void sendsAllPublicationsOfAReplyOrNone() {
        bench.handler = event -> reply("a", "b");
        outbox.refusal = (publication, meta) ->
                publication.name().text().equals("b") ? Optional.of(rejection()) : Optional.empty();

        bench.handle();

        assertThat(outbox.texts())
                .containsExactly("event.error.order.placed#7 to default", "event.error.order.placed#7 to callbacks");
    }

    @Test
    void preparesAgainWhenTheRegistryIsBackWithoutASecondCallOfTheHandler() {
        bench.handler = event -> reply("a");
        outbox.refusal = (publication, meta) -> Optional.of(outage());
        Delivery delivery = bench.handle();
        bench.pass();
        assertThat(outbox.sent).isEmpty();
        assertThat(delivery.outcome()).isNull();

        outbox.refusal = (publication, meta) -> Optional.empty();
        bench.pass();

        assertThat(outbox.texts()).containsExactly("a to default");
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handled).hasSize(1);
    }

    @Test
    void isDoneWhenTheErrorEventIsAcknowledgedWhereItIsOwed() {
        bench.handler = event -> Result.failure("no");
        outbox.late = true;
        Delivery delivery = bench.handle();
        outbox.answer(0, Optional.empty());
        assertThat(delivery.outcome()).isNull();

        outbox.answer(1, Optional.of(rejection()));

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    }

    /** Nothing vanishes in silence; and whoever awaits the callback is told once. */
    @Test
    void triesAnErrorEventThatTheDefaultTopicRejectsAgainAndTellsTheCallbackTopicOnce() {
        bench.handler = event -> Result.failure("no");
        outbox.failure =
                record -> record.target() instanceof Target.Default ? Optional.of(rejection()) : Optional.empty();
        Delivery delivery = bench.handle();
        for (int i = 0; i < 5; i++) {
            bench.pass();
        }
        assertThat(delivery.outcome()).isNull();
        assertThat(outbox.texts())
                .filteredOn(text -> text.endsWith("to callbacks"))
                .hasSize(1);
        assertThat(outbox.texts())
                .filteredOn(text -> text.endsWith("to default"))
                .hasSize(6);

        outbox.failure = record -> Optional.empty();
        bench.pass();

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(outbox.texts())
                .filteredOn(text -> text.endsWith("to callbacks"))
                .hasSize(1);
    }

    @Test
    void tellsTheCallbackTopicLaterWhenBothFailedAtFirst() {
        bench.handler = event -> Result.failure("no");
        outbox.next.addAll(List.of(Optional.of(rejection()), Optional.of(outage())));
        Delivery delivery = bench.handle();
        bench.pass();
        assertThat(outbox.texts().subList(2, 4))
                .containsExactly("event.error.order.placed#7 to default", "event.error.order.placed#7 to callbacks");
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void sendsAnErrorThatIsTooLargeInAShorterForm() {
        bench.errorFormat = error -> error instanceof String ? error : List.of(error);
        bench.handler = event -> Result.failure(List.of("x".repeat(100_000)));
        outbox.failure = record -> record.value().length > 50_000 ? Optional.of(rejection()) : Optional.empty();
        Delivery delivery = bench.handle();
        bench.pass();
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void repeatsJustTheErrorRecordsThatAnOutageKeptBack() {
        bench.handler = event -> Result.failure("no");
        outbox.next.addAll(List.of(Optional.empty(), Optional.of(outage())));
        Delivery delivery = bench.handle();

        bench.pass();

        assertThat(outbox.texts())
                .containsExactly(
                        "event.error.order.placed#7 to default",
                        "event.error.order.placed#7 to callbacks",
                        "event.error.order.placed#7 to callbacks");
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void makesNoErrorEventForAnErrorEvent() {
        bench.handler = event -> Result.failure("no");
        assertThat(bench.handle("event.error.order.placed", "{}").outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handle("event.error", "undecodable").outcome()).isEqualTo(Outcome.DONE);
        assertThat(outbox.sent).isEmpty();
    }

    @Test
    void sendsNothingMoreOnceItsAssignmentIsAbandoned() {
        bench.handler = event -> reply("a", "b");
        outbox.next.addAll(List.of(Optional.empty(), Optional.of(outage())));
        Delivery delivery = bench.handle();

        bench.deliveries.assignment.abandon();
        bench.pass();

        assertThat(outbox.sent).hasSize(2);
        assertThat(delivery.outcome()).isEqualTo(Outcome.DROPPED);
        assertThat(bench.deliveries.assignment.running()).isZero();
    }

    @Test
    void dropsWhatAHandlerReturnsAfterItsAssignmentWasAbandoned() {
        bench.handler = event -> {
            bench.deliveries.assignment.abandon();
            return event.name().equals("order.failed") ? Result.failure("no") : reply("a");
        };
        assertThat(bench.handle().outcome()).isEqualTo(Outcome.DROPPED);
        assertThat(outbox.sent).isEmpty();
    }

    @Test
    void goesOnThroughADrain() {
        bench.handler = event -> reply("a");
        outbox.next.add(Optional.of(outage()));
        Delivery delivery = bench.handle();

        bench.deliveries.assignment.drain();
        assertThat(bench.deliveries.assignment.running()).isEqualTo(1);
        bench.pass();

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    }
}
