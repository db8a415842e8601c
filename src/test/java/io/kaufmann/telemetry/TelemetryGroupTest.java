package io.kaufmann.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.EventNames;
import io.kaufmann.testing.Log;
import io.kaufmann.testing.Silence;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

class TelemetryGroupTest {

    private static final Telemetry.Encoded ENCODED = new Telemetry.Encoded("event.x", 1, Duration.ZERO);

    private final List<String> heard = new ArrayList<>();

    @Test
    void tellsEachListenerAllThereIsToTell() throws Exception {
        Telemetry group = Telemetry.all(recording("first"), recording("second"));
        List<Method> calls = Arrays.stream(Telemetry.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && method.getReturnType() == void.class)
                .toList();
        assertThat(calls).hasSizeGreaterThan(15);
        for (Method call : calls) {
            heard.clear();
            call.invoke(group, new Object[] {null});
            assertThat(heard).containsExactly("first " + call, "second " + call);
        }
    }

    @Test
    void oneThatThrowsIsToldNothingMoreAndTheOthersAre() {
        List<String> calls = new ArrayList<>();
        Telemetry group = Telemetry.all(
                new Telemetry() {
                    @Override
                    public void encoded(Encoded encoded) {
                        calls.add("broken");
                        throw new NoClassDefFoundError("on purpose");
                    }
                },
                new Telemetry() {
                    @Override
                    public void encoded(Encoded encoded) {
                        calls.add("sound");
                    }
                });
        try (Silence silence = Silence.of("io.kaufmann.telemetry")) {
            assertThat(silence).isNotNull();
            group.encoded(ENCODED);
            group.encoded(ENCODED);
        }

        assertThat(calls).containsExactly("broken", "sound", "sound");
    }

    @Test
    void oneThatThrewIsToldOfItsClientsAndOfTheServiceAllTheSame() {
        Telemetry group = Telemetry.all((Telemetry) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Telemetry.class}, (proxy, method, arguments) -> {
                    heard.add(method.getName());
                    if (method.getName().equals("encoded")) {
                        throw new Unprintable();
                    }
                    return null;
                }));
        try (Log log = Log.of(Telemetry.class.getName())) {
            group.encoded(ENCODED);
            group.encoded(ENCODED);
            group.opened((Producer<?, ?>) null);
            group.observed(null);
            group.closed((Producer<?, ?>) null);
            assertThat(log.lines()).last().asString().contains("threw", Unprintable.class.getName());
        }

        assertThat(heard).containsExactly("encoded", "opened", "observed", "closed");
    }

    @Test
    void namesItsListenersThoseOfAGroupWithinItToo() {
        Telemetry one = new Telemetry() {};
        Telemetry other = new Telemetry() {};

        assertThat(Telemetry.all(one, Telemetry.all(other, Telemetry.NONE)).parts())
                .containsExactly(one, other, Telemetry.NONE);
        assertThat(one.parts()).containsExactly(one);
    }

    @Test
    void asksEachListenerForTheServicesOwn() {
        Telemetry group = Telemetry.all(new Telemetry() {
                    @Override
                    public Telemetry forService(Served served) {
                        return recording(served.name());
                    }
                })
                .forService(new Telemetry.Served("greeter", "greeters", EventNames.all(), false));
        group.encoded(ENCODED);

        assertThat(heard).singleElement().asString().startsWith("greeter ");
    }

    @Test
    void tellsPrometheusWhatTheFirstHasThatHasAnything() {
        Telemetry measuring = new Telemetry() {
            @Override
            public Optional<String> prometheus() {
                return Optional.of("measured");
            }
        };

        assertThat(Telemetry.all(Telemetry.NONE, measuring).prometheus()).contains("measured");
        assertThat(Telemetry.all(Telemetry.NONE).prometheus()).isEmpty();
        Telemetry broken = new Telemetry() {
            @Override
            public Optional<String> prometheus() {
                throw new Unprintable();
            }
        };
        try (Log log = Log.of(Telemetry.class.getName())) {
            assertThat(Telemetry.all(broken, recording("null"), measuring).prometheus())
                    .contains("measured");
            assertThat(log.has(Unprintable.class.getName())).isTrue();
        }
    }

    private static final class Unprintable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException("on purpose");
        }
    }

    private Telemetry recording(String name) {
        return (Telemetry) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Telemetry.class}, (proxy, method, arguments) -> {
                    heard.add(name + " " + method);
                    return null;
                });
    }
}
