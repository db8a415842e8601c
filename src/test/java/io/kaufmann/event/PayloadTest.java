package io.kaufmann.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PayloadTest {

    private final Payload payload = Payload.of(
            "event.x",
            Map.of("text", "Ada", "int", 1, "long", 1L << 40, "double", 1.5, "flag", true, "big", new BigInteger("2")));

    @Test
    void readsFieldsAsWhatTheyAre() {
        assertThat(payload.text("text")).isEqualTo("Ada");
        assertThat(payload.integer("int")).isEqualTo(1);
        assertThat(payload.integer("long")).isEqualTo(1L << 40);
        assertThat(payload.integer("big")).isEqualTo(2);
        assertThat(payload.number("double")).isEqualTo(1.5);
        assertThat(payload.number("int")).isEqualTo(1.0);
        assertThat(payload.flag("flag")).isTrue();
        assertThat(payload.field("text")).contains("Ada");
        assertThat(payload.field("nothing")).isEmpty();
    }

    @Test
    void aFieldOfAnotherTypeIsAnErrorThatSaysSo() {
        assertFails(
                () -> payload.text("int"), "event.x payload.int: expected text, found Integer. It has the fields [");
        assertFails(() -> payload.integer("text"), "event.x payload.text: expected an integer, found String.");
        assertFails(
                () -> payload.integer("double"),
                "event.x payload.double: expected an integer that fits a long, found Double.");
        assertFails(() -> payload.number("text"), "event.x payload.text: expected a number, found String.");
        assertFails(() -> payload.flag("text"), "event.x payload.text: expected a flag, found String.");
        assertFails(() -> payload.text("name"), "event.x payload.name: expected text, found nothing.");
    }

    @Test
    void anIntegerThatDoesNotFitALongIsAnError() {
        Payload big = Payload.of("event.x", Map.of("n", BigInteger.ONE.shiftLeft(63), "d", new BigDecimal("1")));

        assertFails(
                () -> big.integer("n"), "event.x payload.n: expected an integer that fits a long, found BigInteger.");
        assertFails(
                () -> big.integer("d"), "event.x payload.d: expected an integer that fits a long, found BigDecimal.");
    }

    @Test
    void aNullFieldIsAnErrorToo() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("a", null);

        assertFails(
                () -> Payload.of("event.x", fields).text("a"),
                "event.x payload.a: expected text, found nothing. It has the fields [a]");
    }

    @Test
    void aPayloadThatIsNoRecordHasAValueButNoFields() {
        Payload text = Payload.of("event.x", "Ada");

        assertThat(text.value()).isEqualTo("Ada");
        assertThat(text.field("a")).isEmpty();
        assertFails(() -> text.text("a"), "event.x payload.a: expected text, found nothing. It is no record");
        assertFails(text::asMap, "event.x payload: expected a record, found String. Read it with value()");
    }

    @Test
    void asMapCannotBeChanged() {
        assertThat(payload.asMap()).hasSize(6).containsEntry("text", "Ada");
        assertThatThrownBy(() -> payload.asMap().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void equalsByItsValueAndTellsNoneOfIt() {
        assertThat(payload).isEqualTo(Payload.of("event.y", payload.value())).hasSameHashCodeAs(payload.value());
        assertThat(payload).hasToString("payload of event.x");
    }

    private static void assertFails(ThrowingCallable read, String message) {
        assertThatExceptionOfType(PayloadException.class).isThrownBy(read).withMessageStartingWith(message);
    }
}
