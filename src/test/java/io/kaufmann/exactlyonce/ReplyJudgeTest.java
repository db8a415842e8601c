package io.kaufmann.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge of the kill runs must find what is wrong: a run that can't fail proves nothing. */
class ReplyJudgeTest {

    private static final Map<Place, Long> SENT =
            Map.of(new Place(0, 0), 1L, new Place(0, 1), 2L, new Place(0, 2), 3L, new Place(1, 0), 4L);

    private static Reply reply(long id, String cause, String place) {
        return new Reply(id, Place.parse(cause), Place.parse(place), "service 1 process 1", 0);
    }

    private static final Reply ONE = reply(1, "0@0", "0@0");
    private static final Reply TWO = reply(2, "0@1", "0@1");
    private static final Reply THREE = reply(3, "0@2", "0@4");
    private static final Reply FOUR = reply(4, "1@0", "1@7");

    private static ReplyJudge.Verdict judge(Reply... replies) {
        return ReplyJudge.judge(SENT, List.of(replies));
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        assertThat(judge(ONE, TWO, THREE, FOUR).isClean()).isTrue();
    }

    @Test
    void findsWhatIsLost() {
        ReplyJudge.Verdict verdict = judge(ONE, THREE, FOUR);

        assertThat(verdict.isClean()).isFalse();
        assertThat(verdict.lost()).containsExactly(new Place(0, 1));
        assertThat(verdict.outOfOrder()).isEmpty();
    }

    @Test
    void findsADuplicateAndNamesWhoWroteEachCopy() {
        Reply copy = new Reply(2, new Place(0, 1), new Place(0, 9), "service 2 process 5", 0);
        ReplyJudge.Verdict verdict = judge(ONE, TWO, THREE, FOUR, copy);

        assertThat(verdict.isClean()).isFalse();
        assertThat(verdict.copies()).containsEntry(new Place(0, 1), List.of(TWO, copy));
        assertThat(verdict.duplicates()).isEqualTo(1);
        assertThat(verdict.outOfOrder()).isEmpty();
        assertThat(verdict)
                .hasToString("0 lost, 1 duplicated, 0 out of order, 0 that answer nothing\n"
                        + "  duplicated, the first of them: "
                        + "0@1 at [0@1 by service 1 process 1, 0@9 by service 2 process 5]");
    }

    @Test
    void findsAReplyBehindALaterEventsReply() {
        Reply late = reply(2, "0@1", "0@5");

        assertThat(judge(ONE, THREE, late, FOUR).outOfOrder()).containsExactly(late);
    }

    @Test
    void findsAReplyInAnotherPartitionThanItsCauses() {
        Reply astray = reply(4, "1@0", "0@7");

        assertThat(judge(ONE, TWO, THREE, astray).outOfOrder()).containsExactly(astray);
    }

    @Test
    void findsAReplyThatAnswersNothing() {
        Reply ofNothing = reply(5, "1@1", "1@8");
        Reply ofAnother = reply(3, "1@0", "1@9");

        assertThat(judge(ONE, TWO, THREE, FOUR, ofNothing, ofAnother).strange()).containsExactly(ofNothing, ofAnother);
    }
}
