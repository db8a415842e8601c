package io.kaufmann.internal.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.Result;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.OutgoingRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    @Test
    void doesNotParkWithoutTheSetting() {
        bench.parking = false;
        ada();
        ada();
        assertThat(handled).containsExactly(0L, 1L);
    }
}
