package io.kaufmann.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.Meta;
import io.kaufmann.handler.Result;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.testing.Log;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LogContextTest {

    private static final Logger HANDLER = LoggerFactory.getLogger("a.handler");

    private final ProcessorBench bench = new ProcessorBench();
    private final Log log = Log.debug("a.handler");
    private final Log failures = Log.debug("io.kaufmann.failures");

    @AfterEach
    void close() {
        MDC.clear();
        failures.close();
        log.close();
        bench.close();
    }

    private void logAndReply() {
        bench.handler = event -> {
            HANDLER.info("handling {}", event.offset());
            return Result.noReply();
        };
    }

    private static Map<String, String> context(String event, String id, String record) {
        Map<String, String> context =
                new HashMap<>(Map.of("kaufmann.event", event, "kaufmann.message_id", id, "kaufmann.record", record));
        context.values().removeIf(String::isEmpty);
        return context;
    }

    @Test
    void aHandlersLinesCarryItsEventAndLaterLinesDoNot() {
        bench.meta = Meta.builder().messageId("the-id").build();
        logAndReply();
        bench.handle("order.placed#7", "{}");
        HANDLER.info("afterwards");
        assertThat(log.contexts("handling 0")).containsExactly(context("order.placed", "the-id", "orders-3@0"));
        assertThat(log.contexts("afterwards")).containsExactly(Map.of());
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void anEventWithoutAMessageIdHasNone() {
        logAndReply();
        bench.handle("order.placed", "{}");
        assertThat(log.contexts("handling 0")).containsExactly(context("order.placed", "", "orders-3@0"));
    }

    @Test
    void anErrorHandlersLinesCarryItToo() {
        bench.errorHandler = error -> {
            HANDLER.info("error");
            return Result.noReply();
        };
        bench.handle("order.placed", "undecodable");
        assertThat(log.contexts("error")).containsExactly(context("order.placed", "", "orders-3@0"));
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    /** They come from outside. */
    @Test
    void whatEventsSayIsEscapedAndCut() {
        bench.meta =
                Meta.builder().messageId("id\nWARN forged" + "x".repeat(5_000)).build();
        logAndReply();
        bench.handle("order\r\nplaced\u2028" + "y".repeat(5_000), "{}");
        Map<String, String> context = log.contexts("handling").get(0);
        assertThat(context.get("kaufmann.message_id"))
                .startsWith("id\\u000aWARN forged")
                .hasSizeLessThan(300);
        assertThat(context.get("kaufmann.event"))
                .startsWith("order\\u000d\\u000aplaced\\u2028")
                .hasSizeLessThan(300);
    }

    @Test
    void whatAHandlerPutsInDoesNotReachTheNextEvent() {
        bench.handler = event -> {
            HANDLER.info("handling {}", event.offset());
            MDC.put("order", "42");
            MDC.put("kaufmann.event", "of its own");
            throw new IllegalStateException("on purpose");
        };
        bench.handle("order.placed", "{}");
        bench.handle("order.paid", "{}");
        assertThat(log.contexts("handling"))
                .containsExactly(context("order.placed", "", "orders-3@0"), context("order.paid", "", "orders-3@1"));
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void whatWasThereBeforeIsThereAgain() {
        MDC.put("kaufmann.event", "before");
        MDC.put("mine", "kept");
        bench.handler = event -> {
            HANDLER.info("handling");
            MDC.clear();
            return Result.noReply();
        };
        bench.handle();
        assertThat(log.contexts("handling").get(0))
                .containsEntry("mine", "kept")
                .containsEntry("kaufmann.event", "order.placed");
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("kaufmann.event", "before", "mine", "kept"));
    }

    @Test
    void theLineThatTellsOfAFailureCarriesTheEvent() {
        bench.meta = Meta.builder().messageId("the-id").build();
        bench.retries = RetryPolicy.fixed(2, Duration.ofSeconds(1));
        bench.handler = event -> {
            throw new IllegalStateException("on purpose");
        };
        bench.handle("order.placed", "{}");
        assertThat(failures.contexts("it is handled again"))
                .containsExactly(context("order.placed", "the-id", "orders-3@0"));
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }
}
