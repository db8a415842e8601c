package io.kaufmann.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.health.Health;
import io.kaufmann.health.LastFailure;
import io.kaufmann.health.PartitionHealth;
import io.kaufmann.health.PartitionHealth.Oldest;
import io.kaufmann.health.State;
import io.kaufmann.testing.Chromium;
import io.kaufmann.testing.FreePorts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The page in a real Chromium, over healths that are hard to have from a real service; PageIT shows it one.
 */
class PageViewsIT {

    private static final int PHONE = 360;

    private final AtomicReference<Supplier<Health>> health = new AtomicReference<>();
    private final Chromium chromium = Chromium.open();
    private final int port = FreePorts.next();
    private HttpEndpoint endpoint = listen();

    private HttpEndpoint listen() {
        return HttpEndpoint.start(
                new HttpEndpoint.Settings("orders", "127.0.0.1", port, List.of()),
                () -> health.get().get(),
                Optional::empty);
    }

    @AfterEach
    void close() {
        chromium.close();
        endpoint.close();
    }

    @Test
    void aStallIsTheFirstThingToSee() {
        long start = System.nanoTime();
        health.set(() -> Healths.stalled(Duration.ofNanos(System.nanoTime() - start), Instant.now()));
        chromium.look(1280, 1220, false);
        visit();
        await().until(() -> chromium.text("#status").equals("STALLED"));

        assertThat(chromium.run("return document.title")).isEqualTo("STALLED · orders");
        assertThat(chromium.text("#problems")).contains("order.placed from orders-3@1227875");
        assertThat(chromium.text("#rows tr:first-child")).contains("orders-3", "STALLED", "PAUSED", "1,250");
        assertThat(chromium.count("#rows .mark.stall")).isEqualTo(1);
        assertThat(chromium.count("#rows .mark.stall svg"))
                .as("a shape beside the word")
                .isEqualTo(1);
        assertThat(chromium.text("#failures"))
                .contains("java.net.SocketTimeoutException", "it is kept in the dead letters");
        await("rates and latencies")
                .untilAsserted(() -> assertThat(chromium.text("#tiles"))
                        .containsPattern("Handled\\s+[\\d,.]+ / s")
                        .containsPattern("median\\s+\\d+(\\.\\d)? ms"));
        assertThat(chromium.count("#tiles svg[role=img][aria-label*=between]")).isEqualTo(6);
        fitsEverywhere();
        isAtPeace();
    }

    private void fitsEverywhere() {
        for (boolean dark : List.of(false, true)) {
            for (int width : List.of(PHONE, 800, 1280)) {
                chromium.look(width, 800, dark);
                assertThat(((Number) chromium.run("return document.documentElement.scrollWidth")).intValue())
                        .as("what the page takes at a width of %d", width)
                        .isLessThanOrEqualTo(width);
            }
            assertThat(chromium.run("return getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo(dark ? "rgb(14, 17, 21)" : "rgb(244, 245, 246)");
        }
    }

    @Test
    void aHostileNameIsATextAndNothingElse() {
        String script = "<img src=x onerror=pwned=1><script>pwned=1</script>" + "x".repeat(300);
        health.set(() -> Healths.of(
                Health.Status.UP,
                State.RUNNING,
                true,
                true,
                List.of(script),
                List.of(Healths.partition(
                        "t", 0, 1, false, Optional.empty(), Optional.of(new Oldest(script, 7, Duration.ofSeconds(1))))),
                Healths.NO_TRAFFIC,
                List.of(new LastFailure(Instant.now(), script, script, script))));
        visit();
        await().until(() -> chromium.text("#failures").contains("<script>pwned=1</script>"));

        assertThat(chromium.text("#rows")).contains(script);
        assertThat(chromium.text("#problems")).contains(script);
        assertThat(chromium.count("img, script")).as("the page's own script").isEqualTo(1);
        assertThat(chromium.run("return typeof pwned")).isEqualTo("undefined");
        fitsEverywhere();
        isAtPeace();
    }

    @Test
    void aThousandPartitionsAreShownAsFarAsTheyAreAskedFor() {
        List<PartitionHealth> many = IntStream.range(0, 1_000)
                .mapToObj(number ->
                        Healths.partition("orders", number, number, number == 77, Optional.empty(), Optional.empty()))
                .toList();
        health.set(() -> Healths.up(many.toArray(PartitionHealth[]::new)));
        visit();
        await().until(() -> chromium.count("#rows tr") == 50);

        assertThat(chromium.text("#partitionCount")).isEqualTo("1,000 are read, 1 stalled");
        assertThat(chromium.text("#rows tr:first-child")).contains("orders-77");
        assertThat(chromium.text("#rows tr:nth-child(2)")).contains("orders-999");
        chromium.run("document.querySelector('#filter').value = 'orders-12';"
                + "document.querySelector('#filter').dispatchEvent(new Event('input'))");
        assertThat(chromium.count("#rows tr")).isEqualTo(11);
        chromium.run("document.querySelector('#filter').value = '';"
                + "document.querySelector('#filter').dispatchEvent(new Event('input'))");
        assertThat(chromium.text("#more")).isEqualTo("Show all 1,000");
        chromium.run("document.querySelector('#more').click()");
        assertThat(chromium.count("#rows tr")).isEqualTo(1_000);
        double millis = ((Number) chromium.run("const t = performance.now(); show(latest); document.body.offsetHeight;"
                        + "return performance.now() - t"))
                .doubleValue();
        assertThat(millis).as("ms to show what has not changed").isLessThan(500);
        chromium.look(PHONE, 800, false);
        isAtPeace();
    }

    @Test
    void aServiceThatIsGoneIsSaidToBe() {
        health.set(() -> Healths.up(Healths.partition("orders", 0, 3)));
        visit();
        await().until(() -> chromium.text("#status").equals("UP"));
        assertThat(chromium.text("#gone")).isEmpty();
        endpoint.close();
        await().until(() -> chromium.text("#status").equals("NO ANSWER"));

        assertThat(chromium.text("#gone")).contains("cannot be reached", "has not answered since");
        assertThat(chromium.text("#rows")).as("what was known last").contains("orders-0");
        endpoint = listen();
        health.set(Healths::starting);
        await().until(() -> chromium.text("#status").equals("DOWN"));
        assertThat(chromium.text("#gone")).isEmpty();
        assertThat(chromium.text("#problems")).contains("The service is STARTING");
        assertThat(chromium.text("#noRows")).contains("no partition");
        assertThat(chromium.complaints())
                .allMatch(line -> line.contains("ERR_CONNECTION_REFUSED")
                        || line.contains("ERR_EMPTY_RESPONSE")
                        || line.contains("ERR_CONNECTION_RESET"));
    }

    private void visit() {
        chromium.visit(base());
    }

    private String base() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** No request to anybody else, no error, and nothing that the policy had to keep away. */
    private void isAtPeace() {
        assertThat(chromium.requests())
                .contains(base() + "health")
                .allMatch(url -> url.startsWith(base()) || url.startsWith("data:"));
        assertThat(chromium.complaints()).isEmpty();
    }
}
