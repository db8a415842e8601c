package io.kaufmann.internal.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.internal.handoff.ParkedKeys.Round;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommitMetadataTest {

    private static final OptionalLong NO_REPLAY = OptionalLong.empty();
    private static final GapMap GAPS = GapMap.of(3, new long[] {42, 45, 50, 51});
    private static final Map<Long, Round> PARKED = Map.of(-7L, new Round(5, 9), Long.MAX_VALUE, new Round(11, 11));

    @Test
    void tellsInACommitHowManyPartitionsThereWereAtFirst() {
        CommitMetadata told =
                CommitMetadata.parse(StartPosition.at(40, 12).commit().metadata(), 40);

        assertThat(told.partitionsAtFirst()).hasValue(12);
        assertThat(told.finished().isEmpty()).isTrue();
        assertThat(told.parked()).isEmpty();
    }

    @Test
    void tellsWhatIsFinishedAndParked() {
        CommitMetadata written = new CommitMetadata(OptionalInt.of(8), GAPS, PARKED, NO_REPLAY);

        assertThat(CommitMetadata.parse(written.text(40, 2_000), 40))
                .isEqualTo(new CommitMetadata(OptionalInt.of(8), GAPS, new TreeMap<>(PARKED), NO_REPLAY));
        assertThat(written.text(40, 2_000)).matches("[ -~]+");
    }

    @Test
    void tellsWhereAReplayEnds() {
        CommitMetadata written = new CommitMetadata(OptionalInt.of(8), GAPS, PARKED, OptionalLong.of(1_000));

        assertThat(CommitMetadata.parse(written.text(40, 2_000), 40))
                .isEqualTo(new CommitMetadata(OptionalInt.of(8), GAPS, new TreeMap<>(PARKED), OptionalLong.of(1_000)));
        assertThat(CommitMetadata.parse(written.text(40, CommitMetadata.NO_KEYS), 40)
                        .until())
                .hasValue(1_000);
    }

    @Test
    void leavesTheGapMapOutWhenItIsTooLong() {
        CommitMetadata written = new CommitMetadata(OptionalInt.of(8), GAPS, PARKED, NO_REPLAY);
        CommitMetadata told = CommitMetadata.parse(written.text(40, 5), 40);

        assertThat(told.finished().isEmpty()).isTrue();
        assertThat(told.partitionsAtFirst()).hasValue(8);
        assertThat(told.parked()).hasSize(2);
    }

    @Test
    void writesNoMoreParkedKeysThanFit() {
        Map<Long, Round> many = new TreeMap<>();
        for (long key = 0; key < 5_000; key++) {
            many.put(key * 1_000_003, new Round(1, 2));
        }
        String text = new CommitMetadata(OptionalInt.of(1), GapMap.none(), many, NO_REPLAY).text(0, 0);

        assertThat(text.length()).isLessThan(4_096);
        assertThat(CommitMetadata.parse(text, 0).parked()).hasSize(CommitMetadata.MOST_PARKED);
    }

    /** What a broker takes by default is 4,096; more would cost the partition its gap maps for good. */
    @Test
    void leavesTheGapMapOutRatherThanBeTooLongForABroker() {
        long offset = 1_000_000_000;
        GapMap gaps =
                GapMap.of(3, LongStream.range(1, 1_401).map(i -> offset + 2 * i).toArray());

        String both =
                new CommitMetadata(OptionalInt.of(1_000), gaps, parked(30, offset), NO_REPLAY).text(offset, 2_000);
        String parkedAlone = new CommitMetadata(
                        OptionalInt.of(1_000), gaps, parked(CommitMetadata.MOST_PARKED, offset), NO_REPLAY)
                .text(offset, 2_000);

        assertThat(both).contains(" parked=").contains(" gaps=").hasSizeGreaterThan(2_000);
        assertThat(parkedAlone).contains(" parked=").doesNotContain(" gaps=").hasSizeLessThan(4_096);
    }

    private static Map<Long, Round> parked(int count, long offset) {
        Map<Long, Round> parked = new TreeMap<>();
        for (long i = 0; i < count; i++) {
            parked.put(Long.MIN_VALUE + i, new Round(offset + i, offset + 1_000 + i));
        }
        return parked;
    }

    @Test
    void leavesRoomForMoreInTheMetadata() {
        assertThat(CommitMetadata.parse("kaufmann/1 partitions=8 more=x", 1).partitionsAtFirst())
                .hasValue(8);
    }

    static Stream<String> foreign() {
        return Stream.of(
                "",
                "by hand",
                "kaufmann/2 partitions=8",
                "kaufmann/1 partitions=",
                "kaufmann/1 partitions=-1",
                "kaufmann/1 partitions=12345678901234567890",
                "kaufmann/1 partitions=8more",
                "kaufmann/1 partitions=8 gaps=" + "A".repeat(1 << 20),
                "kaufmann/1 partitions=8" + " ".repeat(1 << 20));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void takesNothingFromTheMetadataOfOthers(String metadata) {
        assertThat(CommitMetadata.parse(metadata, 1))
                .isEqualTo(new CommitMetadata(OptionalInt.empty(), GapMap.none(), Map.of(), NO_REPLAY));
    }

    static Stream<String> hostile() {
        return Stream.of(
                "parked=",
                "parked=x",
                "parked=1.2",
                "parked=1.2.3.4",
                "parked=1.9.3",
                "parked=1.-1.3",
                "parked=zzzzzzzzzzzzzzzzzzzzzzzz.1.2",
                "parked=" + "1,".repeat(7_000),
                "gaps=g1:",
                "gaps=g1:!",
                "gaps=g2:AwECAw",
                "gaps=g1:____________");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void passesOverPartsThatAreNoneOfItsOwn(String part) {
        CommitMetadata told = CommitMetadata.parse("kaufmann/1 partitions=8 " + part, 1);

        assertThat(told.finished().isEmpty()).isTrue();
        assertThat(told.parked()).isEmpty();
        assertThat(told.partitionsAtFirst()).hasValue(8);
    }

    @Property(tries = 2_000)
    void survivesWhatAnybodyWrites(
            @ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '~') String parked,
            @ForAll @StringLength(max = 60) @CharRange(from = '-', to = 'z') String gaps) {
        CommitMetadata told = CommitMetadata.parse("kaufmann/1 partitions=1 parked=" + parked + " gaps=g1:" + gaps, 0);

        assertThat(told.parked().values()).allMatch(round -> round.first() >= 0 && round.last() >= round.first());
        assertThat(told.finished().contains(-1, Optional.of(told.finished().leaderEpoch())))
                .isFalse();
    }

    /** A map that was written for another offset says nothing. */
    @Example
    void takesNoGapMapOfAnotherOffset() {
        String text = new CommitMetadata(OptionalInt.of(8), GAPS, Map.of(), NO_REPLAY).text(40, 2_000);
        assertThat(CommitMetadata.parse(text, 41).finished().isEmpty()).isTrue();
    }
}
