package io.kaufmann.interop;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compares values field by field, so that a failed test names the field and not two screens of text. */
public final class Differences {

    private final List<String> found = new ArrayList<>();

    private Differences() {}

    /** Where two values differ, each with its path; empty when they are the same. */
    public static List<String> between(Object expected, Object actual) {
        Differences differences = new Differences();
        differences.compare("", expected, actual);
        return differences.found;
    }

    private void compare(String path, Object expected, Object actual) {
        if (expected instanceof Map<?, ?> left && actual instanceof Map<?, ?> right) {
            Set<Object> names = new LinkedHashSet<>(left.keySet());
            names.addAll(right.keySet());
            names.forEach(name -> compareField(path + "." + name, name, left, right));
        } else if (expected instanceof List<?> left && actual instanceof List<?> right && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                compare(path + "[" + i + "]", left.get(i), right.get(i));
            }
        } else if (!Objects.equals(expected, actual)) {
            found.add(path + ": expected " + typed(expected) + ", found " + typed(actual));
        }
    }

    private void compareField(String path, Object name, Map<?, ?> expected, Map<?, ?> actual) {
        if (!expected.containsKey(name)) {
            found.add(path + ": expected no such field, found " + typed(actual.get(name)));
        } else if (!actual.containsKey(name)) {
            found.add(path + ": expected " + typed(expected.get(name)) + ", found no such field");
        } else {
            compare(path, expected.get(name), actual.get(name));
        }
    }

    private static String typed(Object value) {
        return value == null ? "null" : value.getClass().getSimpleName() + " " + value;
    }
}
