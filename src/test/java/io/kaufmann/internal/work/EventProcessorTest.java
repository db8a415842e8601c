package io.kaufmann.internal.work;

import static io.kaufmann.internal.work.ScriptedOutbox.outage;
import static io.kaufmann.internal.work.ScriptedOutbox.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNaming;
import io.kaufmann.event.Meta;
import io.kaufmann.handler.Result;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.schema.RegistryUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P5, P9: what an event does goes no further than its own answer, and an outage is nobody's fault. */
class EventProcessorTest {

    private final ProcessorBench bench = new ProcessorBench();
    private final ScriptedOutbox outbox = bench.outbox;

    @AfterEach
    void speak() {
        assertThat(Thread.interrupted()).isFalse();
        bench.close();
    }

    private void assertAnsweredByAnErrorEvent(Delivery delivery, String error) {
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(outbox.texts())
                .containsExactly("event.error.order.placed#7 to default", "event.error.order.placed#7 to callbacks");
        assertThat(outbox.value(0)).contains(error);
    }

    /** Fails to tell what it is. */
    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("even this fails, on purpose");
        }
    }

    /** Says nothing at all of itself. */
    @SuppressWarnings({"OverrideThrowableToString", "ToStringReturnsNull"}) // On purpose.
    private static final class Silent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return null;
        }
    }

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IllegalStateException("on purpose"),
                new Exception("on purpose"),
                new AssertionError("on purpose"),
                new StackOverflowError("on purpose"),
                new OutOfMemoryError("on purpose"),
                new NoClassDefFoundError("on purpose"),
                new InterruptedException("on purpose"),
                new RegistryUnavailableException("on purpose", null),
                new Unspeakable(),
                new Silent());
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void answersWhateverAHandlerThrowsByAnErrorEvent(Throwable thrown) {
        bench.handler = event -> {
            throw EventProcessorTest.<RuntimeException>unchecked(thrown);
        };
        assertAnsweredByAnErrorEvent(bench.handle(), thrown.getClass().getSimpleName());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void answersARealStackOverflow() {
        bench.handler = event -> Result.failure("depth " + deeper(0));
        assertAnsweredByAnErrorEvent(bench.handle(), "StackOverflowError");
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    @Test
    void answersANullOfAHandlerByAnErrorEvent() {
        bench.handler = event -> null;
        assertAnsweredByAnErrorEvent(bench.handle(), "returned null");
    }

    @Test
    void answersAnErrorThatCannotBeWrittenAsTextByAnErrorEvent() {
        Object unspeakable = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("on purpose");
            }
        };
        bench.handler = event -> Result.failure(unspeakable);
        bench.errorFormat = error -> {
            throw new AssertionError("on purpose");
        };
        assertThat(bench.handle().outcome()).isEqualTo(Outcome.DONE);
        assertThat(outbox.sent).hasSize(2);
    }

    /** A handler's interrupt is its own: the answer is sent all the same, and the worker goes on. */
    @Test
    void doesNotLetAHandlerLeaveItsThreadInterrupted() {
        bench.handler = event -> {
            Thread.currentThread().interrupt();
            return Result.noReply();
        };
        bench.handle();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** All but those that are waited for. */
    static Stream<Throwable> failuresOfDecoding() {
        return throwables()
                .filter(thrown ->
                        !(thrown instanceof OutOfMemoryError || thrown instanceof RegistryUnavailableException));
    }

    /** A user's own transcoder may throw what it likes, checked exceptions in the way of other languages too. */
    @ParameterizedTest
    @MethodSource("failuresOfDecoding")
    void takesWhateverDecodingThrowsForTheRecordsFailure(Throwable thrown) {
        bench.decoding = () -> {
            throw EventProcessorTest.<RuntimeException>unchecked(thrown);
        };
        assertThat(bench.handle().outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handled).containsExactly("error order.placed");
        assertThat(outbox.value(0)).contains("Cannot decode order.placed#7");
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void tellsAnErrorAsTextWhateverItsFormatThrows(Throwable thrown) {
        bench.handler = event -> Result.failure("on purpose");
        bench.errorFormat = error -> {
            throw EventProcessorTest.<RuntimeException>unchecked(thrown);
        };
        assertAnsweredByAnErrorEvent(bench.handle(), "on purpose");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                IllegalStateException.class,
                StackOverflowError.class,
                NoClassDefFoundError.class,
                AssertionError.class
            })
    void takesAPoisonRecordAsUndecodableWhateverDecodingThrows(Class<? extends Throwable> thrown) throws Exception {
        Throwable error = thrown.getDeclaredConstructor().newInstance();
        bench.decoding = () -> {
            throw EventProcessorTest.<RuntimeException>unchecked(error);
        };
        bench.handler = error("undecodable");
        Delivery delivery = bench.handle();
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handled).containsExactly("error order.placed");
    }

    private static io.kaufmann.handler.EventHandler error(String text) {
        return new io.kaufmann.handler.EventHandler() {
            @Override
            public Result givenEvent(io.kaufmann.event.Event event) {
                return Result.noReply();
            }

            @Override
            public Result givenError(io.kaufmann.event.ErrorEvent error) {
                return Result.failure(text);
            }
        };
    }

    @Test
    void givesWhatCannotBeDecodedToTheHandlerAsAnError() {
        bench.handle("order.placed", "undecodable");
        bench.handle(null, "{}");
        bench.handle("order.placed", null);
        assertThat(bench.handled).containsExactly("error order.placed", "error nameless", "error order.placed");
        assertThat(outbox.texts())
                .containsExactly(
                        "event.error.order.placed to default",
                        "event.error.order.placed to callbacks",
                        "event.error.unknown to default",
                        "event.error.unknown to callbacks",
                        "event.error.order.placed to default",
                        "event.error.order.placed to callbacks");
        assertThat(outbox.value(0)).contains("orders-3@0", "no text").endsWith("bare");
        assertThat(outbox.value(2)).contains("orders-3@1", "no key");
        assertThat(outbox.value(4)).contains("orders-3@2", "tombstone");
    }

    @Test
    void learnsTheNameFromTheRecordAndPassesOverWhatNobodyHandlesWithoutDecodingIt() {
        bench.deliveries.naming = EventNaming.record();
        bench.names = new Names(EventNaming.record(), Set.of("com.acme.Placed")::contains);
        bench.recordNames = value -> Optional.of("com.acme." + value);
        bench.decoding = () -> bench.handled.add("decoded");

        Delivery placed = bench.handle("7", "Placed");
        Delivery shipped = bench.handle("7", "Shipped");

        assertThat(bench.handled).containsExactly("decoded", "com.acme.Placed");
        assertThat(placed.name()).contains(EventName.of("com.acme.Placed#7"));
        assertThat(shipped.outcome()).isEqualTo(Outcome.DONE);
        assertThat(shipped).hasToString("com.acme.Shipped#7 from orders-3@1");
    }

    @Test
    void givesARecordWhoseNameNobodyCanTellToTheHandlerAsAnError() {
        bench.deliveries.naming = EventNaming.record();
        bench.names = new Names(EventNaming.record(), name -> true);
        bench.recordNames = value -> {
            if (value.equals("other")) {
                return Optional.empty();
            }
            throw new TranscodeException("no schema has this id");
        };
        bench.handle("7", "other");
        bench.handle("7", "unknown");
        bench.handle("7", null);
        assertThat(bench.handled).containsExactly("error nameless", "error nameless", "error nameless");
        assertThat(outbox.value(0)).contains("an event without a name from orders-3@0", "no transcoder can tell");
        assertThat(outbox.value(2)).contains("orders-3@1", "no schema has this id");
        assertThat(outbox.value(4)).contains("orders-3@2", "tombstone");
    }

    @Test
    void anErrorEventGetsNoErrorEventWhereTheRecordIsTheNameAndTheSchemaATeamsOwn() {
        bench.deliveries.naming = EventNaming.record();
        bench.names = new Names(EventNaming.record(), name -> true);
        bench.recordNames = value -> Optional.of("com.acme.Failure");
        bench.handler = event -> Result.failure("on purpose");

        bench.meta = Meta.builder().messageName("event.error.com.acme.Placed").build();
        assertThat(bench.handle("7", "a failure").outcome()).isEqualTo(Outcome.DONE);
        assertThat(outbox.sent).isEmpty();

        bench.meta = Meta.builder().messageName("com.acme.Placed").build();
        bench.handle("7", "an event");
        assertThat(outbox.texts()).first().isEqualTo("event.error.com.acme.Failure#7 to default");
    }

    @Test
    void saysOfATombstoneWhatGoesForItsNaming() {
        bench.deliveries.naming = EventNaming.record();
        bench.names = new Names(EventNaming.record(), name -> true);
        bench.handle("7", null);
        assertThat(outbox.value(0)).contains("tombstone").doesNotContain("compacted");
    }

    @Test
    void waitsForARegistryThatIsAwayBeforeItPassesOverAnEvent() {
        bench.deliveries.naming = EventNaming.record();
        bench.names = new Names(EventNaming.record(), name -> false);
        boolean[] away = {true};
        bench.recordNames = value -> {
            if (away[0]) {
                throw new RegistryUnavailableException("away", null);
            }
            return Optional.of("A");
        };
        Delivery delivery = bench.handle("7", "x");
        assertThat(delivery.outcome()).isNull();
        away[0] = false;
        bench.pass();
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handled).isEmpty();
    }

    @Test
    void putsAnEventAsideWhileTheRegistryIsAwayAndDoesNotCountItAsRunning() {
        bench.decoding = () -> {
            throw new RegistryUnavailableException("on purpose", null);
        };
        Delivery delivery = bench.handle();
        bench.pass();
        assertThat(delivery.outcome()).isNull();
        assertThat(bench.deliveries.assignment.running()).isZero();
        assertThat(bench.handled).isEmpty();

        bench.decoding = () -> {};
        bench.pass();

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.handled).containsExactly("order.placed");
        assertThat(outbox.sent).isEmpty();
    }

    @Test
    void dropsAnEventThatWasPutAsideWhenItsAssignmentHasEnded() {
        bench.decoding = () -> {
            throw new RegistryUnavailableException("on purpose", null);
        };
        Delivery delivery = bench.handle();
        bench.decoding = () -> {};

        bench.deliveries.assignment.drain();
        bench.pass();

        assertThat(delivery.outcome()).isEqualTo(Outcome.DROPPED);
        assertThat(bench.handled).isEmpty();
        assertThat(bench.deliveries.completed()).containsExactly(delivery);
    }

    @Test
    void dropsWhatIsTakenAfterADrain() {
        bench.deliveries.assignment.drain();
        assertThat(bench.handle().outcome()).isEqualTo(Outcome.DROPPED);
        assertThat(bench.handled).isEmpty();
    }

    @Test
    void fallsBackToTheErrorAsTextThenToTheDefaultTopicAlone() {
        bench.handler = event -> Result.failure(Map.of("code", 7));
        outbox.refusal = (publication, meta) -> publication.payload().equals(Map.of("error", Map.of("code", 7)))
                        || publication.targets().size() > 1
                ? Optional.of(rejection())
                : Optional.empty();
        Delivery delivery = bench.handle();
        assertThat(outbox.texts()).containsExactly("event.error.order.placed#7 to default");
        assertThat(outbox.value(0)).isEqualTo("{error={code=7}}");
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void fallsBackToMetadataOfItsOwnForWhatCouldNotBeDecoded() {
        outbox.refusal = (publication, meta) -> meta ? Optional.empty() : Optional.of(rejection());
        bench.handle("order.placed", "undecodable");
        assertThat(outbox.value(0)).doesNotEndWith("bare");
    }

    @Test
    void triesAgainWhenNoFormOfAnErrorEventCanBeWritten() {
        bench.handler = event -> Result.failure("no");
        for (var problem : List.of(rejection(), outage())) {
            outbox.refusal = (publication, meta) -> Optional.of(problem);
            Delivery delivery = bench.handle();
            bench.pass();
            assertThat(delivery.outcome()).isNull();
            outbox.refusal = (publication, meta) -> Optional.empty();
            bench.pass();
            assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(bench.handled).hasSize(2);
    }
}
