package io.kaufmann.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.event.CallbackTopic;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventNames;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.Target;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What KaufmannEx's MockBus does, and what ours does beyond it. */
class MockBusTest {

    private static final String SCHEMAS = "src/test/resources/mock-bus";
    private static final Map<String, Object> ADA = Map.of("name", "Ada");

    private final Silence silence = Silence.of("io.kaufmann");

    @AfterEach
    void speak() {
        silence.close();
    }

    private static EventRouter.Routes greeter() {
        return EventRouter.on(
                "command.greet",
                event -> Result.reply(
                        "event.greeted",
                        Map.of("greeting", "Hello " + event.payload().text("name"))));
    }

    private static MockBus bus(EventHandler handler) {
        return MockBus.of(handler).schemas(SCHEMAS);
    }

    private static void assertFails(Runnable call, String... parts) {
        assertThatThrownBy(call::run)
                .isInstanceOf(AssertionError.class)
                .satisfies(error -> assertThat(error.getMessage()).contains(parts));
    }

    @Test
    void saysWhatComesOfAnEvent() {
        MockBus bus = bus(greeter());
        bus.givenEvent("command.greet", ADA);
        Event greeted = bus.thenEvent("event.greeted", Map.of("greeting", "Hello Ada"));
        bus.thenNoEvent();

        assertThat(greeted.name()).isEqualTo("event.greeted");
        assertThat(greeted.topic()).isEqualTo("mock-topic");
        assertThat(greeted.payload().integer("times"))
                .as("the schema's default")
                .isEqualTo(1);
        assertThat(greeted.meta().emitterService()).contains("mock-service");
        assertThat(greeted.meta().messageName()).contains("event.greeted");
    }

    @Test
    void takesPayloadsOfEveryKindAndComparesThemAsTheyRead() {
        record Item(String sku, int quantity, BigDecimal price) {}
        record Order(String id, List<Item> items) {}
        record Placed(String id, int items, Optional<BigDecimal> total) {}

        MockBus bus = bus(EventRouter.on(
                "command.order.place",
                Order.class,
                (order, event) -> Result.reply(
                        "event.order.placed",
                        Map.of(
                                "id", order.id(),
                                "items", order.items().size(),
                                "total", order.items().get(0).price()))));
        bus.givenEvent("command.order.place", new Order("7", List.of(new Item("tea", 2, new BigDecimal("1.50")))));

        bus.thenEvent("event.order.placed", new Placed("7", 1, Optional.of(new BigDecimal("1.50"))));
        bus.thenNoEvent();
    }

    @Test
    void anEventThatDoesNotFitItsSchemaIsToldWithThePath() {
        MockBus bus = bus(EventRouter.on("command.order.place", event -> Result.noReply()));
        assertFails(
                () -> bus.givenEvent(
                        "command.order.place",
                        Map.of("id", "7", "items", List.of(Map.of("sku", "tea", "quantity", "two")))),
                "command.order.place payload.items[0].quantity",
                "expected int");
    }

    @Test
    void aSchemaThatIsMissingIsToldWithTheFoldersAndTheNearestName() {
        MockBus bus = bus(event -> Result.noReply());
        assertFails(
                () -> bus.givenEvent("command.gret", ADA),
                "Cannot give command.gret: ",
                "no schema command.gret.avsc in src/test/resources/mock-bus (/",
                "Did you mean command.greet?");
        assertFails(
                () -> MockBus.of(greeter()).givenEvent("command.greet", ADA),
                "no schema command.greet.avsc is known: name the folders of the schemas, with schemas(...)");
    }

    @Test
    void aFolderThatIsMissingIsToldAtTheFirstEvent() {
        assertThatThrownBy(() -> MockBus.of(greeter()).schemas("no/such/folder").givenEvent("command.greet", ADA))
                .hasMessageContaining("Cannot read the schemas in no/such/folder");
    }

    @Test
    void foldersAreNamedBeforeTheFirstEvent() {
        MockBus bus = bus(greeter()).givenEvent("command.greet", ADA);
        assertThatThrownBy(() -> bus.schemas("more")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readsTheFoldersWithinAFolder() {
        MockBus bus = bus(EventRouter.on("event.order.paid", event -> Result.noReply()));
        bus.givenEvent("event.order.paid", Map.of("id", "7")).thenNoEvent();
    }

    @Test
    void metadataCanBeComparedExactly() {
        AtomicInteger number = new AtomicInteger();
        MockBus bus = bus(greeter())
                .at(Instant.parse("2018-01-01T12:00:00.123456Z"))
                .ids(() -> "m-" + number.incrementAndGet());
        bus.givenEvent(Publication.of("command.greet", ADA).callbackId("c-1"));

        assertThat(bus.thenEvent("event.greeted").meta().fields())
                .containsEntry("message_id", "m-2")
                .containsEntry("emitter_service", "mock-service")
                .containsEntry("emitter_service_id", "mock-1")
                .containsEntry("callback_id", "c-1")
                .containsEntry("message_name", "event.greeted")
                .containsEntry("timestamp", "2018-01-01 12:00:00.123456Z")
                .containsEntry("callback_topic", null);
    }

    @Test
    void anEventComesAsItsSenderPublishesIt() {
        MockBus bus = bus(EventRouter.on("command.greet", event -> {
            assertThat(event.topic()).isEqualTo("commands");
            assertThat(event.orderingKey()).contains("42");
            assertThat(event.headers().lastHeader("tenant").value()).isEqualTo("acme".getBytes(UTF_8));
            return Result.reply(Publication.of("event.greeted", Map.of("greeting", "Hello"))
                    .keyIfAny(event.orderingKey())
                    .to(Target.callback()));
        }));
        bus.givenEvent(Publication.of("command.greet", ADA)
                .key("42")
                .header("tenant", "acme")
                .callbackTopic(CallbackTopic.of("answers", 3))
                .to("commands"));

        Event answer = bus.thenEvent("event.greeted#42");
        assertThat(answer.topic()).isEqualTo("answers");
        assertThat(answer.partition()).isEqualTo(3);
        assertThat(answer.key()).contains("event.greeted#42");
        assertThat(answer.orderingKey()).contains("42");
        bus.thenNoEvent();
    }

    @Test
    void eachEventIsAskedForOnce() {
        MockBus bus = bus(greeter());
        bus.givenEvent("command.greet", ADA).givenEvent("command.greet", Map.of("name", "Bob"));

        bus.thenEvent("event.greeted", Map.of("greeting", "Hello Bob"));
        bus.thenEvent("event.greeted");
        bus.thenNoEvent();
        assertFails(
                () -> bus.thenEvent("event.greeted"),
                "Expected event.greeted. Sent, in this order:",
                "1. event.greeted to mock-topic {greeting: \"Hello Ada\", times: 1} (asked for before)",
                "2. event.greeted to mock-topic {greeting: \"Hello Bob\", times: 1} (asked for before)");
        assertThat(bus.events()).hasSize(2);
    }

    @Test
    void showsWhatIsLeft() {
        MockBus bus = bus(greeter()).givenEvent("command.greet", ADA);
        assertFails(bus::thenNoEvent, "Expected no more, but there is event.greeted to mock-topic");
        assertFails(() -> bus.thenNoEvent("event.greeted"), "Expected no event.greeted, but there is");
        bus.thenNoEvent("event.other");
    }

    @Test
    void showsWherePayloadsDiffer() {
        MockBus bus = bus(greeter()).givenEvent("command.greet", ADA);
        assertFails(
                () -> bus.thenEvent("event.greeted", Map.of("greeting", "Hello Bob", "times", 2)),
                "Expected event.greeted with {",
                ", but: ",
                "greeting: expected \"Hello Bob\", is \"Hello Ada\"",
                "times: expected 2, is 1",
                "1. event.greeted to mock-topic");
        assertFails(
                () -> bus.thenEvent("event.greeted", Map.of("greting", "Hello Bob")),
                "The payload that is expected does not fit its schema",
                "Did you mean greeting?");
    }

    @Test
    void takesAConditionForAPayload() {
        MockBus bus = bus(greeter()).givenEvent("command.greet", ADA);
        assertFails(
                () -> bus.thenEvent("event.greeted", event -> event.payload().integer("times") > 1),
                "Expected event.greeted that fits, and none of 1 does.");
        bus.thenEvent("event.greeted", event -> event.payload().text("greeting").endsWith("Ada"));
    }

    @Test
    void saysThatNothingWasSent() {
        MockBus bus = bus(EventRouter.on("command.greet", event -> Result.noReply()));
        bus.givenEvent("command.greet", ADA);
        assertFails(() -> bus.thenEvent("event.greeted"), "Expected event.greeted. Nothing was sent.");
    }

    @Test
    void saysWhatThePassedOverEventWas() {
        MockBus bus = bus(EventRouter.on("command.part", event -> Result.noReply()));
        bus.givenEvent("command.greet", ADA).thenNoEvent();
        assertFails(
                () -> bus.thenEvent("event.greeted"),
                "command.greet was passed over: the handler accepts only ",
                "command.part");
    }

    @Test
    void whatIsSentComesBackToTheHandler() {
        MockBus bus = bus(greeter().on("event.greeted", event -> Result.reply("event.order.paid", Map.of("id", "7"))));
        bus.givenEvent("command.greet", ADA);
        bus.thenEvent("event.greeted");
        bus.thenEvent("event.order.paid");
        bus.thenNoEvent();
    }

    @Test
    void eventsThatCauseEachOtherWithoutEndAreNamed() {
        MockBus bus = bus(EventRouter.on("command.greet", event -> Result.reply("event.order.paid", Map.of("id", "7")))
                .on("event.order.paid", event -> Result.reply("event.greeted", Map.of("greeting", "again")))
                .on("event.greeted", event -> Result.reply("event.order.paid", Map.of("id", "7"))));
        assertFails(
                () -> bus.givenEvent("command.greet", ADA),
                "event.greeted -> event.order.paid -> event.greeted",
                "It went on for 1001 events");
    }

    @Test
    void aChainOfEventsIsNoCycle() {
        AtomicInteger left = new AtomicInteger(900);
        MockBus bus = bus(EventRouter.on(
                "command.greet",
                event -> left.decrementAndGet() > 0 ? Result.reply("command.greet", ADA) : Result.noReply()));
        bus.givenEvent("command.greet", ADA);
        assertThat(bus.events()).hasSize(899);
    }

    @Test
    void aHandlersFailureIsAnErrorEvent() {
        MockBus bus = bus(EventRouter.on("command.greet", event -> {
            throw new IllegalStateException("no greetings left");
        }));
        bus.givenEvent("command.greet", ADA);
        Event error = bus.thenError("command.greet");
        assertThat(error.payload().text("error"))
                .contains("IllegalStateException")
                .contains("no greetings left");
        bus.thenNoEvent();
    }

    @Test
    void aReplyThatDoesNotFitIsShownWhereItWasExpected() {
        MockBus bus =
                bus(EventRouter.on("command.greet", event -> Result.reply("event.greeted", Map.of("greeting", 1))));
        bus.givenEvent("command.greet", ADA);
        assertFails(
                () -> bus.thenEvent("event.greeted"),
                "event.error.command.greet",
                "payload.greeting",
                "expected string");
    }

    @Test
    void aRecordThatIsNoEventGoesToGivenError() {
        MockBus bus = bus(greeter());
        bus.givenRecord("command.greet", new byte[] {1, 2, 3});
        assertThat(bus.thenError("command.greet").meta().isEmpty())
                .as("the event's metadata is not known, so it has none")
                .isTrue();
        bus.givenRecord(null, null).thenError("unknown");
        bus.thenNoEvent();
    }

    @Test
    void queriesShareASchema() {
        MockBus bus = bus(EventRouter.on(
                "query.req.user",
                event -> Result.reply(
                        "query.res.user", Map.of("id", event.payload().text("id")))));
        bus.givenEvent("query.req.user", Map.of("id", "7"));
        bus.thenEvent("query.res.user", Map.of("id", "7"));
    }

    @Test
    void aHandlerMayGiveEventsItself() {
        MockBus[] self = new MockBus[1];
        self[0] = bus(greeter().on("event.order.paid", event -> {
            self[0].givenEvent("command.greet", ADA);
            return Result.noReply();
        }));
        self[0].givenEvent("event.order.paid", Map.of("id", "7"));
        self[0].thenEvent("event.greeted");
    }

    /** A handler may publish from another thread, and wait for it. */
    @RepeatedTest(20)
    void whatOthersPublishMeanwhileIsHandledToo() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            MockBus[] self = new MockBus[1];
            self[0] = bus(greeter().on("event.order.paid", event -> {
                other.submit(() -> self[0].publisher()
                                .publish("command.greet", ADA)
                                .join())
                        .get(10, TimeUnit.SECONDS);
                return Result.noReply();
            }));
            self[0].givenEvent("event.order.paid", Map.of("id", "7"));
            self[0].thenEvent("command.greet");
            self[0].thenEvent("event.greeted");
            self[0].thenNoEvent();
        } finally {
            other.shutdownNow();
        }
    }

    @RepeatedTest(5)
    void manyThreadsMayShareOne() throws Exception {
        AtomicInteger inHandler = new AtomicInteger();
        MockBus bus = bus(EventRouter.on("command.greet", event -> {
            assertThat(inHandler.incrementAndGet()).isEqualTo(1);
            inHandler.decrementAndGet();
            return Result.reply(
                    "event.greeted", Map.of("greeting", event.payload().text("name")));
        }));
        inParallel(number -> () -> {
            for (int i = 0; i < 50; i++) {
                String name = number + "-" + i;
                bus.givenEvent("command.greet", Map.of("name", name));
                bus.thenEvent("event.greeted", Map.of("greeting", name));
            }
        });
        bus.thenNoEvent();
        assertThat(bus.events()).hasSize(8 * 50);
    }

    @Test
    void eachIsAWorldOfItsOwn() throws Exception {
        inParallel(number -> () -> {
            AtomicInteger ids = new AtomicInteger();
            MockBus bus = bus(greeter()).ids(() -> number + "-" + ids.incrementAndGet());
            for (int i = 0; i < 50; i++) {
                bus.givenEvent("command.greet", ADA);
                assertThat(bus.thenEvent("event.greeted").meta().messageId()).contains(number + "-" + (2 * i + 2));
            }
            bus.thenNoEvent();
        });
    }

    private static void inParallel(IntFunction<Runnable> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<CompletableFuture<Void>> all = IntStream.range(0, 8)
                    .mapToObj(number -> CompletableFuture.runAsync(
                            () -> {
                                try {
                                    start.await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                                work.apply(number).run();
                            },
                            threads))
                    .toList();
            start.countDown();
            for (CompletableFuture<Void> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aHandlerThatTakesAllGetsItsOwnEventsToo() {
        List<String> seen = new java.util.ArrayList<>();
        EventHandler all = event -> {
            seen.add(event.name());
            return event.name().equals("command.greet")
                    ? Result.reply("event.greeted", Map.of("greeting", "Hello"))
                    : Result.noReply();
        };
        assertThat(all.handledEvents()).isEqualTo(EventNames.all());
        bus(all).givenEvent("command.greet", ADA);
        assertThat(seen).containsExactly("command.greet", "event.greeted");
    }

    @Test
    void cyclesThroughThePublisherAndTheBusItselfAreFoundToo() {
        MockBus[] self = new MockBus[1];
        self[0] = bus(EventRouter.on("command.greet", event -> {
            self[0].publisher().publish("command.greet", ADA).join();
            return Result.noReply();
        }));
        assertFails(() -> self[0].givenEvent("command.greet", ADA), "command.greet -> command.greet");

        self[0] = bus(EventRouter.on("command.greet", event -> {
            self[0].givenEvent("command.greet", ADA);
            return Result.noReply();
        }));
        assertFails(() -> self[0].givenEvent("command.greet", ADA), "command.greet -> command.greet");
    }

    @Test
    void aCycleThatBranchesIsFoundBeforeMemoryIsShort() {
        MockBus bus = bus(EventRouter.on(
                "command.greet",
                event -> Result.reply(Publication.of("command.greet", ADA), Publication.of("command.greet", ADA))));
        assertFails(() -> bus.givenEvent("command.greet", ADA), "It went on for 10001 events");
    }

    @RepeatedTest(20)
    void eachEventIsAskedForOnceByManyThreads() throws Exception {
        MockBus bus = bus(greeter());
        for (int i = 0; i < 8 * 20; i++) {
            bus.givenEvent("command.greet", ADA);
        }
        inParallel(number -> () -> {
            for (int i = 0; i < 20; i++) {
                bus.thenEvent("event.greeted");
            }
        });
        bus.thenNoEvent();
    }
}
