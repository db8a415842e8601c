package io.kaufmann.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;

/** Payloads as the messages of failed tests show them, and where two of them differ. */
final class Values {

    private static final int MOST_DIFFERENCES = 20;
    private static final int LONGEST = 2_000;

    private Values() {}

    /** On one line: texts in quotes, records and maps in braces, lists in brackets. */
    static String text(Object value) {
        String text = whole(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "... (" + text.length() + " characters)";
    }

    private static String whole(Object value) {
        if (value instanceof Map<?, ?> map) {
            StringJoiner fields = new StringJoiner(", ", "{", "}");
            map.forEach((name, field) -> fields.add(name + ": " + whole(field)));
            return fields.toString();
        }
        if (value instanceof Collection<?> list) {
            StringJoiner items = new StringJoiner(", ", "[", "]");
            list.forEach(item -> items.add(whole(item)));
            return items.toString();
        }
        if (value instanceof ByteBuffer bytes) {
            return bytes.remaining() + " bytes " + hex(bytes.duplicate());
        }
        return value instanceof CharSequence ? '"' + value.toString() + '"' : String.valueOf(value);
    }

    private static String hex(ByteBuffer bytes) {
        StringBuilder hex = new StringBuilder();
        while (bytes.hasRemaining()) {
            hex.append(String.format("%02x", bytes.get()));
        }
        return hex.toString();
    }

    /** Where two values differ, by path; empty when they are equal. */
    static List<String> differences(Object expected, Object actual) {
        List<String> differences = new ArrayList<>();
        compare("", expected, actual, differences);
        if (differences.size() > MOST_DIFFERENCES) {
            int more = differences.size() - MOST_DIFFERENCES;
            List<String> first = new ArrayList<>(differences.subList(0, MOST_DIFFERENCES));
            first.add("and " + more + " more");
            return first;
        }
        return differences;
    }

    private static void compare(String path, Object expected, Object actual, List<String> differences) {
        if (expected instanceof Map<?, ?> one && actual instanceof Map<?, ?> other) {
            compareMaps(path, one, other, differences);
        } else if (expected instanceof List<?> one && actual instanceof List<?> other) {
            for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
                String item = path + '[' + i + ']';
                if (i >= other.size()) {
                    differences.add(item + ": expected " + text(one.get(i)) + ", is missing");
                } else if (i >= one.size()) {
                    differences.add(item + ": not expected, is " + text(other.get(i)));
                } else {
                    compare(item, one.get(i), other.get(i), differences);
                }
            }
        } else if (!Objects.deepEquals(expected, actual)) {
            differences.add(
                    (path.isEmpty() ? "the payload" : path) + ": expected " + text(expected) + ", is " + text(actual));
        }
    }

    private static void compareMaps(String path, Map<?, ?> expected, Map<?, ?> actual, List<String> differences) {
        Set<Object> names = new LinkedHashSet<>(expected.keySet());
        names.addAll(actual.keySet());
        for (Object name : names) {
            String field = path.isEmpty() ? String.valueOf(name) : path + '.' + name;
            if (!actual.containsKey(name)) {
                differences.add(field + ": expected " + text(expected.get(name)) + ", is missing");
            } else if (!expected.containsKey(name)) {
                differences.add(field + ": not expected, is " + text(actual.get(name)));
            } else {
                compare(field, expected.get(name), actual.get(name), differences);
            }
        }
    }
}
