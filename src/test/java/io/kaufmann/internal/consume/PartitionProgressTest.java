package io.kaufmann.internal.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PartitionProgressTest {

    /** The same by plain means: the unfinished offsets in order, and what follows all that were seen. */
    private static final class Model {
        final TreeMap<Long, Long> unfinishedTickets = new TreeMap<>();
        long position;

        Model(long position) {
            this.position = position;
        }

        long committable() {
            return unfinishedTickets.isEmpty() ? position : unfinishedTickets.firstKey();
        }
    }

    @Property
    void commitsUpToTheFirstUnfinishedOffset(
            @ForAll @LongRange(min = 0, max = 1L << 50) long start,
            @ForAll @Size(max = 400) List<@IntRange(min = 0, max = 9_999) Integer> steps) {
        PartitionProgress<Long> progress = new PartitionProgress<>(start);
        Model model = new Model(start);
        for (int step : steps) {
            take(step, progress, model);

            assertThat(progress.committable()).isEqualTo(model.committable());
            assertThat(progress.position()).isEqualTo(model.position);
        }
        assertThat(progress.unfinished()).containsExactlyElementsOf(model.unfinishedTickets.keySet());
        finishAll(progress, model);
        assertThat(progress.committable()).isEqualTo(model.position);
        assertThat(progress.unfinished()).isEmpty();
    }

    @Property
    void tellsWhatIsFinishedAheadOfAnOffset(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 9_999) Integer> steps,
            @ForAll @IntRange(max = 60) int ahead) {
        PartitionProgress<Long> progress = new PartitionProgress<>(1_000);
        Model model = new Model(1_000);
        steps.forEach(step -> take(step, progress, model));
        long from = model.committable() + ahead;

        GapMap told = GapMap.of(0, progress.finishedRanges(from));

        for (long offset = model.committable() - 2; offset < model.position + 5; offset++) {
            boolean finished =
                    offset >= from && offset < model.position && !model.unfinishedTickets.containsKey(offset);
            assertThat(told.contains(offset, Optional.of(0)))
                    .as("offset %s", offset)
                    .isEqualTo(finished);
        }
    }

    /** Six in ten begin, as a rule without a hole; three finish, anywhere; one passes over. */
    private static void take(int step, PartitionProgress<Long> progress, Model model) {
        int which = step % 10;
        int size = step / 10;
        if (which < 6) {
            long offset = model.position + (which < 4 ? 0 : size % 50);
            long ticket = progress.nextTicket();
            assertThat(progress.begin(offset, offset)).isEqualTo(ticket);
            model.unfinishedTickets.put(offset, ticket);
            model.position = offset + 1;
        } else if (which < 9 && !model.unfinishedTickets.isEmpty()) {
            List<Long> offsets = new ArrayList<>(model.unfinishedTickets.keySet());
            progress.finish(model.unfinishedTickets.remove(offsets.get(size % offsets.size())));
        } else {
            long to = model.position - 20 + size % 50;
            progress.advanceTo(to);
            model.position = Math.max(model.position, to);
        }
    }

    private static void finishAll(PartitionProgress<Long> progress, Model model) {
        model.unfinishedTickets.values().forEach(progress::finish);
        model.unfinishedTickets.clear();
    }

    @Property(tries = 50)
    void growsAroundAnUnfinishedHead(@ForAll @IntRange(min = 1, max = 5_000) int count) {
        PartitionProgress<Long> progress = new PartitionProgress<>(0);
        long head = progress.begin(0, 0L);
        for (long offset = 1; offset <= count; offset++) {
            long ticket = progress.begin(offset, offset);
            if (offset % 2 == 0) {
                progress.finish(ticket);
            }
        }
        assertThat(progress.committable()).isZero();
        assertThat(progress.unfinished()).hasSize(1 + (count + 1) / 2).isSorted();

        progress.finish(head);

        assertThat(progress.committable()).isEqualTo(1);
    }

    @Example
    void startsWithNothingToCommitBeyondItsStart() {
        PartitionProgress<String> progress = new PartitionProgress<>(42);
        assertThat(progress.committable()).isEqualTo(42);
        assertThat(progress.unfinished()).isEmpty();
    }

    @Example
    void passesOverHolesOnceAllBeforeThemIsFinished() {
        PartitionProgress<String> progress = new PartitionProgress<>(0);
        long ticket = progress.begin(0, "a");
        progress.advanceTo(10);
        assertThat(progress.committable()).isZero();

        progress.finish(ticket);

        assertThat(progress.committable()).isEqualTo(10);
    }

    @Example
    void doesNotGoBackwards() {
        PartitionProgress<String> progress = new PartitionProgress<>(10);
        progress.advanceTo(5);
        assertThat(progress.position()).isEqualTo(10);
        assertThatIllegalArgumentException().isThrownBy(() -> progress.begin(9, "a"));
    }

    @Example
    void refusesTicketsThatAreNotUnfinished() {
        PartitionProgress<String> progress = new PartitionProgress<>(0);
        assertThatIllegalArgumentException().isThrownBy(() -> progress.finish(0));
        assertThatIllegalArgumentException().isThrownBy(() -> progress.finish(-1));
        long first = progress.begin(0, "a");
        long second = progress.begin(1, "b");

        progress.finish(second);

        assertThatIllegalArgumentException().isThrownBy(() -> progress.finish(second));
        assertThat(progress.committable()).isZero();
        progress.finish(first);
        assertThatIllegalArgumentException().isThrownBy(() -> progress.finish(first));
        assertThat(progress.committable()).isEqualTo(2);
        // A ticket of one round of the ring is none of the next.
        for (int i = 0; i < 100; i++) {
            progress.finish(progress.begin(2 + i, "c"));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> progress.finish(second));
        assertThat(progress.committable()).isEqualTo(102);
    }
}
