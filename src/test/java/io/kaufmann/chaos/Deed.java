package io.kaufmann.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What an event makes its handler do, and how many of a thousand do it. */
enum Deed {
    WORK(952),
    THROW_ONCE(15),
    THROW(10),
    REFUSE(5),
    MISFIT(5),
    OUT_OF_MEMORY(4),
    HANG(3),
    HANG_DEAF(1),
    POISON(5);

    private final int share;

    Deed(int share) {
        this.share = share;
    }

    /** Whether an event that asks for it must be found among the dead letters. Poison is answered by the service itself. */
    boolean fails() {
        return this != WORK && this != THROW_ONCE && this != POISON;
    }

    /** A thousand, well mixed. */
    static List<Deed> mixture(Random random) {
        List<Deed> mixture = new ArrayList<>();
        for (Deed deed : values()) {
            mixture.addAll(Collections.nCopies(deed.share, deed));
        }
        Collections.shuffle(mixture, random);
        return mixture;
    }
}
