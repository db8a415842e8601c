package io.kaufmann.internal.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class GapMapTest {

    private static final int EPOCH = 4;
    private static final Optional<Integer> KNOWN = Optional.of(EPOCH);

    /** The map of these offsets. */
    private static GapMap of(Set<Long> offsets) {
        LongStream.Builder bounds = LongStream.builder();
        for (long offset : new TreeSet<>(offsets)) {
            if (!offsets.contains(offset - 1)) {
                bounds.add(offset);
            }
            if (!offsets.contains(offset + 1)) {
                bounds.add(offset + 1);
            }
        }
        return GapMap.of(EPOCH, bounds.build().toArray());
    }

    private static Set<Long> offsets(GapMap map) {
        return LongStream.range(-5, 260)
                .filter(offset -> map.contains(offset, KNOWN))
                .boxed()
                .collect(Collectors.toSet());
    }

    @Property
    void saysOfEachOffsetWhetherItIsFinished(@ForAll @Size(max = 40) Set<@LongRange(max = 120) Long> finished) {
        assertThat(offsets(of(finished))).isEqualTo(finished);
    }

    @Property
    void isTheSameWhenItIsReadAgain(
            @ForAll @Size(max = 40) Set<@LongRange(min = 100, max = 220) Long> finished,
            @ForAll @LongRange(max = 100) long committed) {
        GapMap map = of(finished);
        Optional<String> text = map.text(committed, 2_000);

        assertThat(text.isPresent()).isEqualTo(!finished.isEmpty());
        text.ifPresent(written -> {
            assertThat(written).matches("g1:[A-Za-z0-9_-]+");
            assertThat(GapMap.parse(written, committed)).isEqualTo(map);
            assertThat(GapMap.parse(written, committed + 1).isEmpty()).isTrue();
        });
    }

    @Property
    void forgetsWhatIsBeforeAnOffset(
            @ForAll @Size(max = 40) Set<@LongRange(max = 120) Long> finished, @ForAll @LongRange(max = 130) long from) {
        assertThat(offsets(of(finished).from(from)))
                .isEqualTo(finished.stream().filter(offset -> offset >= from).collect(Collectors.toSet()));
    }

    @Property
    void joinsTwoThatFollowEachOther(
            @ForAll @Size(max = 20) Set<@LongRange(max = 99) Long> first,
            @ForAll @Size(max = 20) Set<@LongRange(min = 100, max = 200) Long> beyond) {
        Set<Long> both = new TreeSet<>(first);
        both.addAll(beyond);

        assertThat(of(first).plus(of(beyond))).isEqualTo(of(both));
    }

    @Example
    void keepsTheFirstOfTwoThatAreOfDifferentEpochs() {
        GapMap first = GapMap.of(4, new long[] {1, 2});
        GapMap beyond = GapMap.of(5, new long[] {3, 4});
        assertThat(first.plus(beyond)).isEqualTo(first);
        assertThat(GapMap.none().plus(beyond)).isEqualTo(beyond);
    }

    @Example
    void knowsARecordByItsEpochToo() {
        GapMap map = GapMap.of(EPOCH, new long[] {10, 12, 20, 21});

        assertThat(map.contains(10, Optional.of(EPOCH + 1))).isFalse();
        assertThat(map.contains(10, Optional.empty())).isFalse();
        assertThat(map.isContradictedBy(10, Optional.of(5))).isTrue();
        // In a gap too: a log that has another record there has others all over.
        assertThat(map.isContradictedBy(15, Optional.of(5))).isTrue();
        assertThat(map.isContradictedBy(9, Optional.of(3))).isFalse();
        assertThat(map.isContradictedBy(21, Optional.of(5))).isFalse();
        assertThat(map.isContradictedBy(15, KNOWN)).isFalse();
        assertThat(map.isContradictedBy(15, Optional.empty())).isFalse();
        assertThat(GapMap.none().isContradictedBy(0, KNOWN)).isFalse();
    }

    @Example
    void saysNothingWhenItDoesNotFit() {
        GapMap map = of(LongStream.range(0, 1_000).map(n -> n * 2 + 1).boxed().collect(Collectors.toSet()));

        assertThat(map.text(0, 2_000)).isEmpty();
        assertThat(map.text(0, 3_000)).isPresent();
        assertThat(GapMap.of(1, new long[] {5, 2_000_000_000L}).text(0, 2_000)).isEmpty();
    }

    /** 500 events that are finished by turns: what a few characters tell. */
    @Example
    void isCompact() {
        GapMap map = of(LongStream.range(0, 500).map(n -> n * 2 + 1).boxed().collect(Collectors.toSet()));
        assertThat(map.text(0, 2_000).orElseThrow().length()).isLessThan(1_400);
    }

    @Property(tries = 5_000)
    void takesNoHarmFromBytesThatAnybodyWrites(
            @ForAll @Size(max = 40) byte[] bytes, @ForAll @LongRange(max = 200) long committed) {
        String text = "g1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        GapMap map = GapMap.parse(text, committed);

        if (!map.isEmpty()) {
            Optional<Integer> epoch = Optional.of(map.leaderEpoch());
            assertThat(map.contains(committed - 1, epoch)).isFalse();
            assertThat(map.contains(committed + 1_000_000_001L, epoch)).isFalse();
            assertThat(map.text(committed, 16_384)).isPresent();
        }
    }

    @Property
    void takesNothingFromATextThatWasChanged(
            @ForAll @Size(min = 1, max = 20) Set<@LongRange(min = 100, max = 220) Long> finished,
            @ForAll @IntRange(max = 100) int cut) {
        String text = of(finished).text(100, 2_000).orElseThrow();
        GapMap map = GapMap.parse(text.substring(0, Math.max(0, text.length() - 1 - cut)), 100);
        // A cut in the midst of a pair says nothing; one between pairs says less.
        assertThat(finished).containsAll(offsets(map));
    }

    @Example
    void readsNoMoreThanItsBounds() {
        byte[] far = {0, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1};
        byte[] endless = new byte[100];
        java.util.Arrays.fill(endless, (byte) 0x80);
        assertThat(parse(far).isEmpty()).isTrue();
        assertThat(parse(endless).isEmpty()).isTrue();
        assertThat(parse(new byte[] {0, 0, 1, 1, 0, 1}).isEmpty()).isTrue();
        assertThat(parse(new byte[] {0, 0, 1}).isEmpty()).isTrue();
        assertThat(parse(new byte[] {0, 0}).isEmpty()).isTrue();
        assertThat(GapMap.parse("g1:" + "A".repeat(20_000), 0).isEmpty()).isTrue();
        assertThat(GapMap.parse("", 0).isEmpty()).isTrue();
    }

    private static GapMap parse(byte[] bytes) {
        return GapMap.parse("g1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), 0);
    }
}
