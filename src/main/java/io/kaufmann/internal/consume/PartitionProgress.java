package io.kaufmann.internal.consume;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Which offsets of a partition are finished, and so up to where they may be committed: the first unfinished one, or the
 * position when all are finished. Consumer thread only.
 *
 * <p>Offsets begin in ascending order, with holes where a log was compacted or holds transaction markers, and finish in any
 * order. Each gets a ticket when it begins: tickets count up by one, so that finishing is a look-up by index.
 *
 * @param <T> what is kept for each unfinished offset
 */
final class PartitionProgress<T> {

    private static final int SMALLEST = 16;

    // A ring: the entry of a ticket stands at ticket modulo length. Finished entries are marked by the flipped sign.
    private long[] offsets = new long[SMALLEST];
    private Object[] items = new Object[SMALLEST];
    // The oldest ticket that is not finished with all before it, and the next to be given.
    private long head;
    private long next;
    private long position;

    PartitionProgress(long position) {
        this.position = position;
    }

    /** The ticket that the next {@link #begin} will give. */
    long nextTicket() {
        return next;
    }

    /** A record is handed out: it is unfinished from now on. Gives its ticket. */
    long begin(long offset, T item) {
        if (offset < position) {
            throw new IllegalArgumentException("Offset " + offset + " comes after position " + position);
        }
        if (next - head == offsets.length) {
            grow();
        }
        offsets[index(next)] = offset;
        items[index(next)] = item;
        position = offset + 1;
        return next++;
    }

    /** A record that began is finished. */
    void finish(long ticket) {
        if (ticket < head || ticket >= next || offsets[index(ticket)] < 0) {
            throw new IllegalArgumentException(
                    "Ticket " + ticket + " is not unfinished: those from " + head + " to " + (next - 1) + " may be");
        }
        offsets[index(ticket)] = ~offsets[index(ticket)];
        items[index(ticket)] = null;
        while (head < next && offsets[index(head)] < 0) {
            head++;
        }
    }

    /** Everything below this offset has begun, was passed over, or does not exist. */
    void advanceTo(long offset) {
        position = Math.max(position, offset);
    }

    /** The offset that may be committed: all before it are finished. */
    long committable() {
        return head < next ? offsets[index(head)] : position;
    }

    /** The oldest ticket that is not finished, or the next to be given. */
    long firstUnfinished() {
        return head;
    }

    /** What is kept for a ticket that is unfinished. */
    @SuppressWarnings("unchecked")
    T item(long ticket) {
        return (T) items[index(ticket)];
    }

    /** The offset of a ticket that is unfinished; the position for the next to be given. */
    long offsetOf(long ticket) {
        return ticket < next ? offsets[index(ticket)] : position;
    }

    /** The offset that follows all that began or was passed over. */
    long position() {
        return position;
    }

    /**
     * What of the offsets from this one up to the position is finished or does not exist: ranges, each a first offset and the one
     * that follows its last.
     */
    long[] finishedRanges(long from) {
        LongStream.Builder bounds = LongStream.builder();
        long next = from;
        for (long ticket = head; ticket < this.next; ticket++) {
            long offset = offsets[index(ticket)];
            if (offset >= from) {
                if (offset > next) {
                    bounds.add(next).add(offset);
                }
                next = offset + 1;
            }
        }
        if (position > next) {
            bounds.add(next).add(position);
        }
        return bounds.build().toArray();
    }

    /** What is kept for each offset that began and is not finished, in their order. */
    @SuppressWarnings("unchecked")
    List<T> unfinished() {
        List<T> unfinished = new ArrayList<>();
        for (long ticket = head; ticket < next; ticket++) {
            if (items[index(ticket)] != null) {
                unfinished.add((T) items[index(ticket)]);
            }
        }
        return unfinished;
    }

    private int index(long ticket) {
        return (int) (ticket & (offsets.length - 1));
    }

    private void grow() {
        long[] oldOffsets = offsets;
        Object[] oldItems = items;
        offsets = new long[oldOffsets.length * 2];
        items = new Object[oldItems.length * 2];
        for (long ticket = head; ticket < next; ticket++) {
            int old = (int) (ticket & (oldOffsets.length - 1));
            offsets[index(ticket)] = oldOffsets[old];
            items[index(ticket)] = oldItems[old];
        }
    }
}
