package io.kaufmann.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.event.Event;
import io.kaufmann.event.EventNames;
import java.io.IOException;
import java.lang.reflect.Proxy;
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

    @Test
    void aHandlerHandlesAllUnlessItSaysOtherwise() {
        EventHandler handler = event -> Result.noReply();

        assertThat(handler.handledEvents().isAll()).isTrue();
    }

    private static Event event(String name) {
        return (Event) Proxy.newProxyInstance(
                Event.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("name");
                    return name;
                });
    }
}
