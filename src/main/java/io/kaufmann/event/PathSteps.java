package io.kaufmann.event;

import java.util.List;
import java.util.Map;

/**
 * Goes along a path such as {@code a.b[0].c} or {@code a["b.c"]}. A step is a field's name, a {@code String}, or the place
 * of an item in a list, an {@code Integer}. The empty path has no step.
 */
final class PathSteps {

    private static final int MAX_DIGITS = 9;

    private final String path;
    private int at;

    PathSteps(String path) {
        this.path = path;
    }

    /** What stands at the path; null when it is missing or null. A field's plain name is not parsed. */
    static Object find(Object root, String path) {
        if (path.indexOf('.') < 0 && path.indexOf('[') < 0 && !path.isEmpty()) {
            return step(root, path);
        }
        PathSteps steps = new PathSteps(path);
        Object found = root;
        while (steps.hasNext()) {
            found = step(found, steps.next());
        }
        return found;
    }

    /** The field or item; null when it is missing or null, or there can be none. */
    static Object step(Object from, Object step) {
        if (step instanceof Integer place) {
            return from instanceof List<?> list && place < list.size() ? list.get(place) : null;
        }
        return from instanceof Map<?, ?> map ? map.get(step) : null;
    }

    /** Whether there is such a field or item; it may be null. */
    static boolean has(Object from, Object step) {
        if (step instanceof Integer place) {
            return from instanceof List<?> list && place < list.size();
        }
        return from instanceof Map<?, ?> map && map.containsKey(step);
    }

    boolean hasNext() {
        return at < path.length();
    }

    /** The next step, a {@code String} or an {@code Integer}. */
    Object next() {
        if (path.charAt(at) == '[') {
            at++;
            return is('"') ? quoted() : place();
        }
        if (at > 0) {
            expect('.');
        }
        int start = at;
        while (hasNext() && path.charAt(at) != '.' && path.charAt(at) != '[') {
            at++;
        }
        if (at == start) {
            throw malformed("a name");
        }
        return path.substring(start, at);
    }

    private String quoted() {
        StringBuilder name = new StringBuilder();
        at++;
        while (hasNext() && !is('"')) {
            if (is('\\') && at + 1 < path.length()) {
                at++;
            }
            name.append(path.charAt(at++));
        }
        expect('"');
        expect(']');
        return name.toString();
    }

    private Integer place() {
        int start = at;
        while (hasNext() && path.charAt(at) >= '0' && path.charAt(at) <= '9' && at - start < MAX_DIGITS) {
            at++;
        }
        if (at == start) {
            throw malformed("a place in a list or a quoted name");
        }
        Integer place = Integer.valueOf(path.substring(start, at));
        expect(']');
        return place;
    }

    private boolean is(char c) {
        return hasNext() && path.charAt(at) == c;
    }

    private void expect(char c) {
        if (!is(c)) {
            throw malformed("'" + c + "'");
        }
        at++;
    }

    private IllegalArgumentException malformed(String expected) {
        return new IllegalArgumentException("No path of a payload: " + Shown.quoted(path) + ", expected " + expected
                + " at " + at + ". Paths are like a.b[0].c, or a[\"b.c\"] for a name with a dot");
    }
}
