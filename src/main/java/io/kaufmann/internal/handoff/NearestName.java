package io.kaufmann.internal.handoff;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a mistyped one was meant to be. */
public final class NearestName {

    private NearestName() {}

    /**
     * The nearest of some names.
     *
     * @param mistyped what was written
     * @param names what may be meant
     * @return the nearest, by how many letters have to be changed; empty when none is near
     */
    public static Optional<String> of(String mistyped, Collection<String> names) {
        String plain = plain(mistyped);
        Optional<String> longer = names.stream()
                .filter(name -> plain(name).startsWith(plain + '.'))
                .min(Comparator.comparingInt(String::length));
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(plain, plain(name))))
                .filter(name -> distance(plain, plain(name)) <= tolerance(plain))
                .or(() -> longer);
    }

    // max-demand, MAX_DEMAND and max.demand are one name, written by people with different habits.
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
    }

    private static int tolerance(String name) {
        return Math.max(2, Math.min(4, name.length() / 4));
    }

    /** Levenshtein's distance: how many letters have to be put in, taken out or replaced. */
    static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
