package io.kaufmann.internal.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.DeadLetter;
import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.Result;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.publish.PublishException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParkingTest {

    private final ProcessorBench bench = new ProcessorBench();
    private final ScriptedOutbox outbox = bench.outbox;
    private final Lane ada = bench.deliveries.lane();
    private final List<Long> handled = new ArrayList<>();
    private boolean broken = true;

    @BeforeEach
    void park() {
        bench.deadLetters = DeadLetters.to("dead");
        bench.parking = true;
        bench.handler = event -> {
            handled.add(event.offset());
            return broken ? Result.failure("on purpose") : Result.noReply();
        };
    }

    @AfterEach
    void speak() {
        bench.close();
    }

    private Delivery ada(Headers headers) {
        return bench.handle(ada, "order.placed#ada", headers);
    }

    private Delivery ada() {
        return ada(new RecordHeaders());
    }

    private List<OutgoingRecord> letters() {
        return outbox.sent.stream()
                .map(ScriptedOutbox.Sent::record)
                .filter(record -> record.topic().equals("dead"))
                .toList();
    }

    private static String stage(OutgoingRecord letter) {
        return new String(letter.headers().lastHeader("__connect.errors.stage").value(), UTF_8);
    }

    @Test
    void sendsLaterEventsOfAFailedKeyBehindIt() {
        ada();
        broken = false;
        Delivery later = ada();
        Delivery other = bench.handle("order.placed#eve", "{}");

        assertThat(later.outcome()).isEqualTo(Outcome.DONE);
        assertThat(other.outcome()).isEqualTo(Outcome.DONE);
        assertThat(handled).containsExactly(0L, 2L);
        assertThat(letters()).extracting(ParkingTest::stage).containsExactly("HANDLE", "PARKED");
        // Nobody failed there, so nobody is told of a failure.
        assertThat(outbox.texts())
                .filteredOn(text -> text.startsWith("event.error."))
                .hasSize(2);
    }

    /** What a redrive does: the dead letters come back in their order, and the key is free behind the last. */
    @Test
    void handlesWhatComesBackInItsOrderAndThenTheKeyIsFree() {
        ada();
        ada();
        ada();
        broken = false;
        List<OutgoingRecord> letters = List.copyOf(letters());
        handled.clear();

        letters.forEach(letter -> ada(letter.headers()));
        ada();

        assertThat(handled).containsExactly(3L, 4L, 5L, 6L);
        assertThat(letters()).hasSize(3);
    }

    @Test
    void parksTheRestAgainWhenOneOfThemFailsAgain() {
        ada();
        ada();
        List<OutgoingRecord> letters = List.copyOf(letters());

        letters.forEach(letter -> ada(letter.headers()));

        assertThat(handled).containsExactly(0L, 2L);
        assertThat(letters()).extracting(ParkingTest::stage).containsExactly("HANDLE", "PARKED", "HANDLE", "PARKED");
    }

    /** Parked means written: while the dead-letter topic is away, the key waits. */
    @Test
    void waitsUntilWhatIsParkedIsWritten() {
        ada();
        outbox.next.add(Optional.of(ScriptedOutbox.outage()));
        Delivery parked = ada();
        Delivery behind = ada();
        assertThat(parked.outcome()).isNull();
        assertThat(behind.outcome()).isNull();

        bench.pass();

        assertThat(parked.outcome()).isEqualTo(Outcome.DONE);
        assertThat(behind.outcome()).isEqualTo(Outcome.DONE);
        assertThat(handled).containsExactly(0L);
    }

    /** Then there is nowhere to park it: it is handled rather than lost. */
    @Test
    void handlesAnEventThatTheRuleNamesNoTopicFor() {
        bench.deadLetters =
                letter -> letter.stage() == DeadLetter.Stage.PARKED ? Optional.empty() : Optional.of("dead");
        ada();
        broken = false;

        Delivery later = ada();

        assertThat(later.outcome()).isEqualTo(Outcome.DONE);
        assertThat(handled).containsExactly(0L, 1L);
    }

    /** Which it may be after a crash: its error event has not been sent perhaps. */
    @Test
    void handlesTheFailedEventAgainWhenItIsDeliveredAgain() {
        bench.deliveries.assignment.parked().failed("ada", 0);

        Delivery again = ada();

        assertThat(again.outcome()).isEqualTo(Outcome.DONE);
        assertThat(handled).containsExactly(0L);
        assertThat(letters()).extracting(ParkingTest::stage).containsExactly("HANDLE");
        assertThat(outbox.texts()).contains("event.error.order.placed#ada to default");
    }

    @Test
    void tellsOfAnEventThatCannotBeParkedByAnErrorEvent() {
        ada();
        outbox.next.add(Optional.of(PublishException.rejected("too large", new RecordTooLargeException("on purpose"))));

        Delivery later = ada();

        assertThat(later.outcome()).isEqualTo(Outcome.DONE);
        assertThat(handled).containsExactly(0L);
        assertThat(outbox.value(outbox.sent.size() - 1)).contains("parked, not handled");
    }

    /** The letters of another group or partition say nothing of what is parked here. */
    @ParameterizedTest
    @ValueSource(strings = {"kaufmann.dead.letter.group", "__connect.errors.topic", "__connect.errors.partition"})
    void isNotFreedByALetterFromElsewhere(String header) {
        ada();
        Headers foreign = letters().get(0).headers();
        foreign.remove(header);
        foreign.add(header, "elsewhere".getBytes(UTF_8));
        broken = false;

        ada(foreign);

        assertThat(handled).containsExactly(0L);
        assertThat(letters()).extracting(ParkingTest::stage).containsExactly("HANDLE", "PARKED");
    }

    /** However it ends: here it fails again, and no letter is kept of it. */
    @Test
    void freesTheKeyWhenTheLastThatComesBackFailsAndIsNotKept() {
        AtomicBoolean keeps = new AtomicBoolean(true);
        bench.deadLetters = letter -> keeps.get() ? Optional.of("dead") : Optional.empty();
        ada();
        keeps.set(false);
        ada(letters().get(0).headers());

        keeps.set(true);
        broken = false;
        ada();

        assertThat(handled).containsExactly(0L, 1L, 2L);
    }

    @Test
    void freesTheKeyWhenTheLastThatComesBackIsNotHandledAnyMore() {
        bench.names = new Names(EventNaming.key(), name -> name.equals("order.placed"));
        ada();
        Headers letter = letters().get(0).headers();
        broken = false;
        bench.handle(ada, "order.renamed#ada", letter);

        ada();

        assertThat(handled).containsExactly(0L, 2L);
    }

    /** Where records tell the name otherwise, their key is the ordering key, whether the name can be read or not. */
    @Test
    void parksAnEventWithoutANameByItsRecordsKey() {
        EventNaming byHeader = EventNaming.header("name");
        bench.names = new Names(byHeader, name -> true);
        bench.deliveries.naming = byHeader;
        Headers named = new RecordHeaders();
        named.add("name", "order.placed".getBytes(UTF_8));
        bench.handle(ada, "ada", named);

        bench.handle(ada, "ada", new RecordHeaders());

        assertThat(letters()).extracting(ParkingTest::stage).containsExactly("HANDLE", "PARKED");
        assertThat(letters()
                        .get(1)
                        .headers()
                        .lastHeader("kaufmann.dead.letter.ordering.key")
                        .value())
                .isEqualTo("ada".getBytes(UTF_8));
        assertThat(letters()
                        .get(1)
                        .headers()
                        .lastHeader("kaufmann.dead.letter.attempts")
                        .value())
                .isEqualTo("0".getBytes(UTF_8));
    }

    @Test
    void doesNotParkWithoutTheSetting() {
        bench.parking = false;
        ada();
        ada();
        assertThat(handled).containsExactly(0L, 1L);
    }
}
