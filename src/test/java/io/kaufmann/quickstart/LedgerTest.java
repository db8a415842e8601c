package io.kaufmann.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The account can fail: that it is complete says something. */
class LedgerTest {

    private final Ledger ledger = new Ledger();
    private final List<Answer> answers = new ArrayList<>();
    private Offsets offsets = new Offsets(Map.of(0, 100L), Map.of(0, 100L));

    /** One event of each scenario, and all that a service that does its duty answers. */
    LedgerTest() {
        for (Scenario scenario : Scenario.values()) {
            int id = Dutiful.id(scenario);
            ledger.sent(new Sent(id, scenario, Sent.Phase.BURST, 0));
            ledger.written(id, new Place(0, id));
            scenario.owed().forEach(owed -> answers.add(Dutiful.answer(id, scenario, owed)));
        }
    }

    private Account account() {
        answers.forEach(ledger::read);
        return ledger.close(offsets);
    }

    private static int exitCode(Account account, ByteArrayOutputStream printed) {
        return Quickstart.finish(new Screen(new PrintStream(printed, true, UTF_8), false), account);
    }

    private static int exitCode(Account account) {
        return exitCode(account, new ByteArrayOutputStream());
    }

    private int indexOf(Scenario scenario) {
        return answers.indexOf(answers.stream()
                .filter(answer -> answer.fulfils(scenario.owed().get(0), scenario))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void isCompleteWhenEveryEventHasWhatItIsOwed() {
        Account account = account();

        assertThat(ledger.outstanding()).isZero();
        assertThat(ledger.done()).isEqualTo(ledger.sent());
        assertThat(account.isComplete()).isTrue();
        assertThat(account.lost()).isEmpty();
        assertThat(account.duplicates()).isZero();
        assertThat(exitCode(account)).isZero();
    }

    @Test
    void oneReplyNotReadIsOneEventLost() {
        answers.remove(indexOf(Scenario.ORDER));
        Account account = account();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        assertThat(ledger.outstanding()).isOne();
        assertThat(account.lost()).hasSize(1);
        assertThat(exitCode(account, printed)).isOne();
        assertThat(printed.toString(UTF_8))
                .containsPattern("lost +1 ")
                .contains("event 1 (ORDER) at orders-0@1: no sign of a reply, event.order.placed, on orders.events");
    }

    @Test
    void oneOfTwoOwedAnswersNotReadIsOneEventLost() {
        answers.remove(indexOf(Scenario.CANCEL));

        assertThat(account().lost()).hasSize(1);
    }

    @Test
    void oneErrorEventNotReadIsOneEventLost() {
        answers.remove(indexOf(Scenario.NO_KEY));
        Account account = account();

        assertThat(account.lost()).hasSize(1);
        assertThat(exitCode(account)).isOne();
    }

    @Test
    void anErrorEventOfAnotherKindIsNotWhatIsOwed() {
        Answer other = answers.remove(indexOf(Scenario.NO_SUCH_ITEM));
        Map<String, Object> payload = Map.of("error", "io.kaufmann.codec.TranscodeException: the shop has no unicorn");
        answers.add(new Answer(other.channel(), other.key(), other.meta(), payload, other.nanos()));
        Account account = account();

        assertThat(account.lost()).hasSize(1);
        assertThat(account.unexpected()).hasSize(1);
    }

    @Test
    void anAnswerReadTwiceIsADuplicateAndNoFailure() {
        answers.add(answers.get(indexOf(Scenario.ORDER)));
        Account account = account();

        assertThat(account.duplicates()).isOne();
        assertThat(exitCode(account)).isZero();
    }

    @Test
    void anAnswerToAnEventThatNobodyHandlesIsUnexpected() {
        int id = Dutiful.id(Scenario.STOCK);
        answers.add(Dutiful.answer(id, Scenario.STOCK, Owed.reply("event.order.placed", Channel.EVENTS)));
        Account account = account();

        assertThat(account.unexpected()).hasSize(1);
        assertThat(exitCode(account)).isOne();
    }

    @Test
    void anAnswerToNothingThatWasSentIsUnexpected() {
        answers.add(Dutiful.answer(4_711, Scenario.ORDER, Scenario.ORDER.owed().get(0)));

        assertThat(account().unexpected()).hasSize(1);
    }

    @Test
    void anEventThatIsNotCommittedIsLost() {
        offsets = new Offsets(Map.of(0, 13L), Map.of(0, 100L));
        Account account = account();

        assertThat(account.lost()).singleElement().satisfies(lost -> {
            assertThat(lost.event().id()).isEqualTo(13);
            assertThat(lost.missing()).containsExactly("its offset is not committed");
        });
        assertThat(exitCode(account)).isOne();
    }

    @Test
    void anEventThatTheBrokerNeverTookIsLost() {
        ledger.sent(new Sent(500, Scenario.STOCK, Sent.Phase.BURST, 0));

        assertThat(account().lost()).hasSize(1);
    }

    @Test
    void nothingSentIsNoSuccess() {
        assertThat(new Ledger().close(offsets).isComplete()).isFalse();
    }

    @Test
    void anErrorEventMayBeReadBeforeItsCausesPlaceIsKnown() {
        Ledger early = new Ledger();
        early.sent(new Sent(1, Scenario.NO_KEY, Sent.Phase.BURST, 0));
        early.read(Dutiful.answer(1, Scenario.NO_KEY, Scenario.NO_KEY.owed().get(0)));
        assertThat(early.outstanding()).isOne();

        early.written(1, new Place(0, 1));

        assertThat(early.outstanding()).isZero();
        assertThat(early.close(offsets).isComplete()).isTrue();
    }
}
