package io.kaufmann.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PathStepsTest {

    @Property
    void findsWhatWasPutAtAnyPath(@ForAll("steps") List<Object> steps) {
        Object value = "leaf";
        StringBuilder path = new StringBuilder();
        List<Object> backwards = new ArrayList<>(steps);
        Collections.reverse(backwards);
        for (Object step : backwards) {
            value = step instanceof Integer place ? at(place, value) : Map.of(step, value);
        }
        steps.forEach(step -> path.append(step instanceof Integer ? "[" + step + "]" : quoted((String) step)));

        assertThat(PathSteps.find(value, path.toString())).isEqualTo("leaf");
    }

    @Property
    void aPathInAMessageReadsTheSameValueWhenNamesArePlain(@ForAll("plainSteps") List<Object> steps) {
        Trail trail = Trail.along("event.x", null, "");
        steps.forEach(trail::step);
        String path = trail.expected("String").path();

        List<Object> read = new ArrayList<>();
        for (PathSteps again = new PathSteps(path); again.hasNext(); ) {
            read.add(again.next());
        }
        assertThat(read).isEqualTo(steps);
    }

    @Property
    void anyTextIsAPathOrTheCallersError(@ForAll("paths") String text) {
        Throwable thrown = catchThrowable(() -> PathSteps.find(Map.of("a", List.of(1)), text));

        assertThat(thrown == null || thrown instanceof IllegalArgumentException)
                .as("%s", thrown)
                .isTrue();
    }

    @Provide
    Arbitrary<List<Object>> steps() {
        return stepsOf(Arbitraries.strings().ofMaxLength(5));
    }

    @Provide
    Arbitrary<List<Object>> plainSteps() {
        return stepsOf(
                Arbitraries.strings().withCharRange('a', 'z').withChars("_-$. ").ofMaxLength(5));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.strings().withChars("a0.[]\"\\ ").ofMaxLength(10);
    }

    private static Arbitrary<List<Object>> stepsOf(Arbitrary<String> names) {
        Arbitrary<Object> name = names.map(text -> text);
        Arbitrary<Object> place = Arbitraries.integers().between(0, 3).map(number -> number);
        return Arbitraries.oneOf(name, place).list().ofMaxSize(6);
    }

    private static List<Object> at(int place, Object value) {
        List<Object> list = new ArrayList<>(Collections.nCopies(place, null));
        list.add(value);
        return list;
    }

    private static String quoted(String name) {
        return "[\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }
}
