package io.kaufmann.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.event.Event;
import io.kaufmann.event.EventNames;
import io.kaufmann.event.Payload;
import io.kaufmann.event.PayloadException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventRouterTest {

    @Test
    void givesEachEventToItsRoute() throws Exception {
        EventHandler router = EventRouter.on("command.a", event -> Result.failure("a"))
                .on("command.b", event -> Result.failure("b of " + event.name()));

        assertThat(router.givenEvent(event("command.a"))).isEqualTo(Result.failure("a"));
        assertThat(router.givenEvent(event("command.b"))).isEqualTo(Result.failure("b of command.b"));
        assertThat(router.givenEvent(event("command.c"))).isEqualTo(Result.noReply());
    }

    @Test
    void handlesTheRegisteredNames() {
        EventHandler router =
                EventRouter.on("command.b", event -> Result.noReply()).on("command.a", event -> Result.noReply());

        assertThat(router.handledEvents()).isEqualTo(EventNames.of("command.a", "command.b"));
        assertThat(router.handledEvents().names()).containsExactly("command.b", "command.a");
    }

    @Test
    void aNameTakesOneRoute() {
        EventRouter.Routes router = EventRouter.on("command.a", event -> Result.noReply());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.on("command.a", event -> Result.noReply()))
                .withMessage("command.a has a route already. Each event name takes one");
    }

    @Test
    void addingARouteLeavesTheFirstRouterAsItWas() {
        EventRouter.Routes one = EventRouter.on("command.a", event -> Result.noReply());
        one.on("command.b", event -> Result.noReply());

        assertThat(one.handledEvents()).isEqualTo(EventNames.of("command.a"));
    }

    @Test
    void refusesWhatIsNoNameOrNoRoute() {
        assertThatIllegalArgumentException().isThrownBy(() -> EventRouter.on("command.a#1", event -> Result.noReply()));
        assertThatNullPointerException().isThrownBy(() -> EventRouter.on("command.a", null));
    }

    @Test
    void whatARouteThrowsComesThrough() {
        IOException failure = new IOException();
        EventHandler router = EventRouter.on("command.a", event -> {
            throw failure;
        });

        assertThatThrownBy(() -> router.givenEvent(event("command.a"))).isSameAs(failure);
    }

    record Greet(String name, int times) {}

    @Test
    void aTypedRouteGetsItsTypeAndTheEvent() throws Exception {
        EventHandler router = EventRouter.on(
                        "command.greet",
                        Greet.class,
                        (greet, event) -> Result.failure(event.name() + ": " + greet.name() + greet.times()))
                .on("command.wave", Greet.class, (greet, event) -> Result.noReply())
                .on("command.nod", event -> Result.noReply());

        assertThat(router.givenEvent(event("command.greet", Map.of("name", "Ada", "times", 2))))
                .isEqualTo(Result.failure("command.greet: Ada2"));
        assertThat(router.handledEvents()).isEqualTo(EventNames.of("command.greet", "command.wave", "command.nod"));
    }

    @Test
    void aPayloadThatDoesNotFitItsTypeIsTheEventsFailure() {
        EventHandler router = EventRouter.on("command.greet", Greet.class, (greet, event) -> Result.noReply());

        assertThatThrownBy(() -> router.givenEvent(event("command.greet", Map.of("name", "Ada", "times", "2,5"))))
                .isInstanceOf(PayloadException.class)
                .extracting(ErrorFormat.standard())
                .isEqualTo("io.kaufmann.event.PayloadException: command.greet payload.times:"
                        + " expected int, found String \"2,5\"");
    }

    @Test
    void aTypedRouteIsARouteLikeAnyOther() {
        EventRouter.Routes router = EventRouter.on("command.a", event -> Result.noReply());
        Class<Greet> none = null;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.on("command.a", Greet.class, (greet, event) -> Result.noReply()))
                .withMessage("command.a has a route already. Each event name takes one");
        assertThatNullPointerException().isThrownBy(() -> router.on("command.b", Greet.class, null));
        assertThatNullPointerException()
                .isThrownBy(() -> router.on("command.b", none, (greet, event) -> Result.noReply()));
    }

    @Test
    void aHandlerHandlesAllUnlessItSaysOtherwise() {
        EventHandler handler = event -> Result.noReply();

        assertThat(handler.handledEvents().isAll()).isTrue();
    }

    private static Event event(String name) {
        return event(name, Map.of());
    }

    private static Event event(String name, Map<String, Object> payload) {
        return (Event) Proxy.newProxyInstance(
                Event.class.getClassLoader(),
                new Class<?>[] {Event.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "name" -> name;
                    case "payload" -> Payload.of(name, payload);
                    default -> throw new AssertionError(method);
                });
    }
}
