package io.kaufmann.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The judge of the chaos run must find what is wrong: a run that can't fail proves nothing. */
class JudgeTest {

    private static final List<Sent> SENT = List.of(
            new Sent(1, "ada", Deed.WORK, 0, 10),
            new Sent(2, "ada", Deed.THROW_ONCE, 0, 11),
            new Sent(3, "eve", Deed.THROW, 0, 12));

    private static Effect effect(long id, long offset) {
        return new Effect(id, 4, offset, offset * 10);
    }

    private static Run run(String process, long id, long start, long end) {
        return new Run(process, id, "ada", start, end);
    }

    private static Judge.Verdict judge(List<Effect> effects, List<Run> runs) {
        return Judge.judge(SENT, effects, List.of("0@12"), runs, List.of(new Fault(FaultKind.KILL_BROKER, 20, 30)));
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        Judge.Verdict verdict =
                judge(List.of(effect(3, 0), effect(1, 1), effect(2, 2)), List.of(run("a", 1, 0, 5), run("a", 2, 5, 6)));

        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.withoutLetter()).isEmpty();
        assertThat(verdict.outOfOrder()).isEmpty();
        assertThat(verdict.doubleRuns()).isEmpty();
        assertThat(verdict.duplicates()).isZero();
        assertThat(verdict.acrossProcesses()).isZero();
    }

    @Test
    void findsWhatIsLost() {
        assertThat(judge(List.of(effect(1, 0), effect(3, 1)), List.of()).lost()).containsExactly(SENT.get(1));
    }

    @Test
    void findsWhatFailedAndIsNotAmongTheDeadLetters() {
        assertThat(Judge.judge(SENT, List.of(), List.of("0@10"), List.of(), List.of())
                        .withoutLetter())
                .containsExactly(SENT.get(2));
    }

    @Test
    void findsWhatIsAmongTheDeadLettersTwice() {
        assertThat(Judge.judge(SENT, List.of(), List.of("0@12", "0@10", "0@12"), List.of(), List.of())
                        .lettersTwice())
                .containsExactly("0@12");
    }

    @Test
    void findsALaterEventsEffectBeforeAnEarlierOnes() {
        assertThat(judge(List.of(effect(2, 0), effect(1, 1)), List.of()).outOfOrder())
                .containsExactly(SENT.get(1));
    }

    @Test
    void takesNoRepetitionForAWrongOrder() {
        Judge.Verdict verdict = judge(List.of(effect(1, 0), effect(2, 1), effect(1, 2), effect(2, 3)), List.of());
        assertThat(verdict.outOfOrder()).isEmpty();
        assertThat(verdict.duplicates()).isEqualTo(2);
        assertThat(verdict.twice())
                .containsExactly(List.of(effect(1, 0), effect(1, 2)), List.of(effect(2, 1), effect(2, 3)));
    }

    @Test
    void blamesTheLastFaultForARepetition() {
        assertThat(judge(List.of(effect(1, 0), effect(1, 1), effect(1, 2)), List.of())
                        .byFault())
                .containsEntry(Optional.empty(), 1L)
                .containsEntry(Optional.of(FaultKind.KILL_BROKER), 1L);
    }

    @Test
    void findsTwoRunsAtOnceInOneProcessAndTellsThemFromThoseInTwo() {
        Judge.Verdict verdict = judge(List.of(), List.of(run("a", 1, 0, 10), run("a", 2, 9, 12), run("b", 1, 11, 13)));

        assertThat(verdict.doubleRuns()).hasSize(1);
        assertThat(verdict.acrossProcesses()).isEqualTo(1);
    }
}
