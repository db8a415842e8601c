package io.kaufmann.handler;

import io.kaufmann.event.ErrorEvent;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventNames;
import io.kaufmann.event.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An {@link EventHandler} made of one function for each event name; it handles just the events that have one.
 *
 * <pre>{@code
 * EventRouter.on("command.greet", event -> Result.reply("event.greeted", Map.of()))
 *         .on("command.part", event -> Result.noReply())
 * }</pre>
 */
public sealed interface EventRouter extends EventHandler {

    /**
     * A router with its first route.
     *
     * @param name the event's name, without an ordering key
     * @param route what to do with it
     * @return the router, to which more routes can be added
     */
    static Routes on(String name, EventHandler route) {
        return new Routes(Map.of(), Optional.empty()).on(name, route);
    }

    /**
     * A router with its first route, one that takes the payload as an object of a type.
     *
     * <pre>{@code
     * record Greet(String name) {}
     *
     * EventRouter.on("command.greet", Greet.class, (greet, event) -> Result.reply("event.greeted", greet))
     * }</pre>
     *
     * @param name the event's name, without an ordering key
     * @param type the payload's type, as for {@link Payload#as(Class)}
     * @param route what to do with it
     * @param <T> the payload's type
     * @return the router, to which more routes can be added
     */
    static <T> Routes on(String name, Class<T> type, TypedRoute<T> route) {
        return new Routes(Map.of(), Optional.empty()).on(name, type, route);
    }

    /** The routes. Immutable, and thread-safe as far as the functions are: adding a route returns a new router. */
    final class Routes implements EventRouter {

        private final Map<String, EventHandler> routes;
        private final Optional<ErrorRoute> errors;

        private Routes(Map<String, EventHandler> routes, Optional<ErrorRoute> errors) {
            this.routes = routes;
            this.errors = errors;
        }

        /**
         * With one more route.
         *
         * @param name the event's name, without an ordering key
         * @param route what to do with it
         * @return a router with the new route too
         * @throws IllegalArgumentException when the name has a route already
         */
        public Routes on(String name, EventHandler route) {
            Objects.requireNonNull(route, "route");
            EventNames.of(name);
            Map<String, EventHandler> more = new LinkedHashMap<>(routes);
            if (more.put(name, route) != null) {
                throw new IllegalArgumentException(name + " has a route already. Each event name takes one");
            }
            return new Routes(more, errors);
        }

        /**
         * With one more route, one that takes the payload as an object of a type. A payload that does not fit the type is the
         * event's failure: the error event says where and why.
         *
         * @param name the event's name, without an ordering key
         * @param type the payload's type, as for {@link Payload#as(Class)}
         * @param route what to do with it
         * @param <T> the payload's type
         * @return a router with the new route too
         * @throws IllegalArgumentException when the name has a route already
         */
        public <T> Routes on(String name, Class<T> type, TypedRoute<T> route) {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(route, "route");
            return on(name, event -> route.given(event.payload().as(type), event));
        }

        /**
         * With a route for events that cannot be decoded, in place of the error event they are answered with otherwise.
         *
         * @param route what to do with them
         * @return a router with this route too
         */
        public Routes onError(ErrorRoute route) {
            return new Routes(routes, Optional.of(route));
        }

        @Override
        public Result givenError(ErrorEvent error) throws Exception {
            return errors.isPresent() ? errors.get().givenError(error) : EventRouter.super.givenError(error);
        }

        @Override
        public EventNames handledEvents() {
            return EventNames.of(routes.keySet());
        }

        @Override
        public Result givenEvent(Event event) throws Exception {
            EventHandler route = routes.get(event.name());
            return route == null ? Result.noReply() : route.givenEvent(event);
        }
    }

    /**
     * What to do with an event whose payload is an object of one's own type. Called by many threads at once: it must be
     * thread-safe.
     *
     * @param <T> the payload's type
     */
    @FunctionalInterface
    interface TypedRoute<T> {

        /**
         * Handles an event.
         *
         * @param payload the event's payload as that type
         * @param event the event, for its metadata, headers and the rest
         * @return what to answer
         * @throws Exception whatever goes wrong: it becomes an {@code event.error.<name>}
         */
        Result given(T payload, Event event) throws Exception;
    }

    /** What to do with an event that cannot be decoded. */
    @FunctionalInterface
    interface ErrorRoute {

        /**
         * Handles an event that could not be decoded.
         *
         * @param error the event and why it could not be decoded
         * @return what to answer
         * @throws Exception whatever goes wrong: it becomes an {@code event.error.<name>}
         */
        Result givenError(ErrorEvent error) throws Exception;
    }
}
