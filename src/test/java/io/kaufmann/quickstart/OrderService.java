package io.kaufmann.quickstart;

import io.kaufmann.event.Event;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.Target;
import java.util.Map;
import java.util.NoSuchElementException;

/** The sample service: takes orders for a small shop. Stateless, and so thread-safe. */
final class OrderService {

    private static final Map<String, Long> PRICES = Map.of("tea", 450L, "cup", 1_250L, "teapot", 3_900L);
    private static final long MOST_PIECES = 100;

    private OrderService() {}

    /** What the service does with its events. */
    static EventHandler handler() {
        return EventRouter.on("command.order.place", OrderService::place)
                .on("command.order.cancel", OrderService::cancel)
                .on("command.order.quote", OrderService::quote)
                .on("query.req.order.status", OrderService::status)
                .on("event.payment.received", payment -> Result.noReply());
    }

    /** A command, answered by an event with the same ordering key; some are refused, and for some it throws. */
    private static Result place(Event event) {
        String item = event.payload().text("item");
        long quantity = event.payload().integer("quantity");
        if (quantity > MOST_PIECES) {
            return Result.failure(Map.of("code", "too_many_pieces", "most", String.valueOf(MOST_PIECES)));
        }
        return Result.reply(keyed(
                event,
                "event.order.placed",
                Map.of("item", item, "quantity", quantity, "total_cents", quantity * price(item))));
    }

    /** One event for everybody, and the same for whoever asked, on the callback topic. */
    private static Result cancel(Event event) {
        String reason = event.payload().text("reason");
        return Result.reply(keyed(event, "event.order.cancelled", Map.of("reason", reason))
                .to(Target.defaultTopic(), Target.callback()));
    }

    /** A query: only whoever asked gets the answer. */
    private static Result status(Event event) {
        String order = event.payload().text("about");
        return Result.reply(keyed(event, "query.res.order.status", Map.of("about", order, "answer", "packed"))
                .to(Target.callback()));
    }

    /** A bug, on purpose: the schema says that {@code total_cents} is a number, and this is a text. */
    private static Result quote(Event event) {
        long total = event.payload().integer("quantity") * price(event.payload().text("item"));
        return Result.reply(keyed(event, "event.order.quoted", Map.of("total_cents", total / 100 + " dollars")));
    }

    private static long price(String item) {
        Long price = PRICES.get(item);
        if (price == null) {
            throw new NoSuchElementException("the shop has no " + item);
        }
        return price;
    }

    private static Publication keyed(Event event, String name, Map<String, ?> payload) {
        return Publication.of(name, payload).key(event.orderingKey().orElseThrow());
    }
}
