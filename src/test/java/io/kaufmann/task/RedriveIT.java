package io.kaufmann.task;

import static io.kaufmann.task.DeadLetterBox.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.TestEnvironment;
import io.kaufmann.testing.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RunsOn(Platform.LOCAL)
class RedriveIT {

    private static final String COUNT = "kaufmann.redrive.count";

    private DeadLetterBox box;

    @BeforeEach
    void open(TestEnvironment environment) {
        box = new DeadLetterBox(environment, 4);
    }

    private RedriveReport run(UnaryOperator<RedriveBuilder> choice) {
        return choice.apply(box.redrive()).build().run();
    }

    private RedriveReport run() {
        return run(builder -> builder);
    }

    @Test
    void sendsLettersBackToWhereTheyCameFrom() {
        box.write("order.placed", "a", 3);
        RedriveReport report = run();
        assertThat(report.failure()).isEmpty();
        assertThat(report.sent()).isEqualTo(1);
        ConsumerRecord<byte[], byte[]> sent = box.sent().get(0);
        assertThat(sent.partition()).isEqualTo(3);
        assertThat(new String(sent.key(), UTF_8)).isEqualTo("order.placed#a");
        assertThat(new String(sent.value(), UTF_8)).isEqualTo("{\"id\":0}");
        assertThat(sent.timestamp())
                .isEqualTo(box.environment.clients().readAll(box.dead).get(0).timestamp());
        assertThat(header(sent, "trace")).isEqualTo("t-0");
        assertThat(header(sent, "__connect.errors.offset")).isEqualTo("0");
        assertThat(header(sent, "kaufmann.dead.letter.group")).isEqualTo(box.group);
        assertThat(header(sent, COUNT)).isEqualTo("1");
    }

    @Test
    void sendsOnlyWhatIsMeant() {
        Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
        box.write("order.placed", "a", 0);
        box.write("order.paid", "a", 0, Map.of("__connect.errors.exception.message", "card declined"));
        box.write("user.created", "b", 0, Map.of("kaufmann.dead.letter.time", longAgo.toString()));
        box.write("user.created", "c", 0, Map.of("kaufmann.dead.letter.group", "others"));
        assertThat(dryKeys(b -> b)).containsExactly("order.placed#a", "order.paid#a", "user.created#b");
        assertThat(dryKeys(b -> b.event("order.paid"))).containsExactly("order.paid#a");
        assertThat(dryKeys(b -> b.event("order.*"))).containsExactly("order.placed#a", "order.paid#a");
        assertThat(dryKeys(b -> b.event("order"))).isEmpty();
        assertThat(dryKeys(b -> b.error("declined"))).containsExactly("order.paid#a");
        assertThat(dryKeys(b -> b.error("IOException").key("b"))).containsExactly("user.created#b");
        assertThat(dryKeys(b -> b.since(longAgo.plusSeconds(1)))).containsExactly("order.placed#a", "order.paid#a");
        assertThat(dryKeys(b -> b.until(longAgo.plusSeconds(1)))).containsExactly("user.created#b");
        assertThat(dryKeys(b -> b.group("others"))).containsExactly("user.created#c");
        assertThat(dryKeys(RedriveBuilder::anyGroup)).hasSize(4);
        assertThat(dryKeys(b -> b.limit(2))).containsExactly("order.placed#a", "order.paid#a");
    }

    private List<String> dryKeys(UnaryOperator<RedriveBuilder> choice) {
        return choice.apply(box.redrive()).build().dryRun().first().stream()
                .map(letter -> letter.event().orElse("") + "#" + letter.key().orElse(""))
                .toList();
    }

    @Test
    void aDryRunSendsAndRemembersNothing() {
        box.write("order.placed", "a", 0);
        assertThat(box.redrive().build().dryRun().sent()).isEqualTo(1);
        assertThat(box.sent()).isEmpty();
        assertThat(box.environment.topics().committedOffsets(box.dead + ".redrive", box.dead))
                .isEmpty();
        RedriveReport report = box.redrive().build().dryRun();
        assertThat(report.dryRun()).isTrue();
        assertThat(report.counts())
                .containsExactly(new RedriveReport.Count("order.placed", "java.io.IOException", box.topic, 1));
        assertThat(report.first()).singleElement().satisfies(letter -> {
            assertThat(letter.place()).isEqualTo(box.dead + "-0@0");
            assertThat(letter.target()).contains(box.topic + "-0");
        });
    }

    @Test
    void keepsTheOrderOfAKey() {
        for (int i = 0; i < 400; i++) {
            box.write("order.placed", "key-" + i % 4, i % 4);
        }
        assertThat(run().sent()).isEqualTo(400);
        Map<Integer, List<Long>> ids = new TreeMap<>();
        box.sent()
                .forEach(record -> ids.computeIfAbsent(record.partition(), p -> new ArrayList<>())
                        .add(Long.valueOf(header(record, "__connect.errors.offset"))));
        assertThat(ids).hasSize(4);
        assertThat(ids.values())
                .allSatisfy(ofKey -> assertThat(ofKey).hasSize(100).isSorted());
    }

    @Test
    void remembersWhatItSent() {
        box.write("order.placed", "a", 0);
        box.write("order.paid", "a", 0);
        box.write("order.placed", "b", 0);
        RedriveReport first = run(b -> b.event("order.paid"));
        assertThat(first.sent()).isEqualTo(1);
        assertThat(first.filteredOut()).isEqualTo(2);
        RedriveReport second = run();
        assertThat(second.sent()).isEqualTo(2);
        assertThat(second.alreadyRedriven()).isEqualTo(1);
        assertThat(box.sentKeys()).containsExactly("order.paid#a", "order.placed#a", "order.placed#b");
        assertThat(run().sent()).isZero();
        box.write("order.placed", "c", 0);
        assertThat(run().sent()).isEqualTo(1);
        assertThat(run(RedriveBuilder::again).sent()).isEqualTo(4);
        assertThat(run().alreadyRedriven()).isEqualTo(4);
    }

    @Test
    void leavesAloneWhatWasRedrivenTooOften() {
        box.write("order.placed", "a", 0, Map.of(COUNT, "2"));
        box.write("order.placed", "b", 0, Map.of(COUNT, "3"));
        RedriveReport report = run();
        assertThat(report.exhausted()).isEqualTo(1);
        assertThat(report.firstExhausted())
                .singleElement()
                .satisfies(letter -> assertThat(letter.key()).contains("b"));
        assertThat(box.sent()).singleElement().satisfies(sent -> {
            assertThat(header(sent, COUNT)).isEqualTo("3");
            assertThat(sent.headers().headers(COUNT)).hasSize(1);
        });
        assertThat(run(b -> b.maxTimes(4)).sent()).isEqualTo(1);
    }

    @Test
    void sendsToAnotherTopic(TestEnvironment environment) {
        String inspect = environment.topics().createUnique("inspect", 1);
        box.write("order.placed", "a", 3);
        box.write("order.placed", "b", 0, Map.of("__connect.errors.topic", ""));
        assertThat(run().withoutOrigin()).isEqualTo(1);
        assertThat(run(b -> b.to(inspect)).sent()).isEqualTo(1);
        assertThat(run(b -> b.to(inspect).again()).sent()).isEqualTo(2);
        assertThat(DeadLetterBox.keys(environment.clients().readAll(inspect)))
                .containsExactlyInAnyOrder("order.placed#b", "order.placed#b", "order.placed#a");
    }

    @Test
    void sendsNothingToTopicsThatAreNotForEvents() {
        box.write("order.placed", "a", 0, Map.of("__connect.errors.topic", "__consumer_offsets"));
        box.write("order.placed", "b", 0, Map.of("__connect.errors.topic", box.dead));
        box.write("order.placed", "c", 0, Map.of("__connect.errors.partition", "many"));
        RedriveReport report = run();
        assertThat(report.withoutOrigin()).isEqualTo(3);
        assertThat(report.sent()).isZero();
    }

    @Test
    void spreadsByTheKeyWhereThePartitionOfOriginIsGone() {
        box.write("order.placed", "a", 9);
        box.write("order.paid", "a", 9);
        assertThat(run().sent()).isEqualTo(2);
        assertThat(box.sent().stream().map(ConsumerRecord::partition).distinct())
                .hasSize(1);
    }

    @Test
    void saysWhichTopicIsMissing() {
        String missing = Topics.unique("missing");
        assertThatThrownBy(() -> run(b -> b.from(missing)))
                .isInstanceOf(TaskException.class)
                .hasMessageContaining("There is no topic '" + missing + "'")
                .hasMessageContaining("--from");
        assertThatThrownBy(() -> run(b -> b.to(missing)))
                .isInstanceOf(TaskException.class)
                .hasMessageContaining(missing)
                .hasMessageContaining("--to");
        assertThatThrownBy(() -> run(b -> b.to(box.dead))).hasMessageContaining("where they come from");
        assertThatThrownBy(() -> run(b -> b.rememberedBy(box.group))).hasMessageContaining("the service's own");
    }

    @Test
    void stopsAtALetterWhoseTopicIsMissingAndRemembersTheOthers() {
        String missing = Topics.unique("missing");
        box.write("order.placed", "a", 0);
        box.write("order.placed", "b", 0, Map.of("__connect.errors.topic", missing));
        box.write("order.placed", "c", 0);
        RedriveReport report = run();
        assertThat(report.sent()).isEqualTo(1);
        assertThat(report.failure())
                .hasValueSatisfying(failure ->
                        assertThat(failure).contains("There is no topic '" + missing + "'", box.dead + "-0@1"));
        box.environment.topics().create(missing, 1);
        assertThat(run().sent()).isEqualTo(2);
        assertThat(box.sentKeys()).containsExactly("order.placed#a", "order.placed#c");
    }

    @Test
    void sendsNoLaterLetterOfAKeyWhenOneCannotBeSent(TestEnvironment environment) {
        String narrow = Topics.unique("narrow");
        environment.topics().create(narrow, 1, Map.of("max.message.bytes", "3000"));
        box.write("order.placed", "a", 0);
        box.write("order.placed", "a", 0, Map.of("much", "x".repeat(5_000)));
        box.write("order.placed", "a", 0);
        RedriveReport report = run(b -> b.to(narrow));
        assertThat(report.sent()).isEqualTo(1);
        assertThat(report.failure())
                .hasValueSatisfying(failure -> assertThat(failure)
                        .contains("Cannot send the letter at " + box.dead + "-0@1", narrow + "-0", "larger than"));
        assertThat(environment.clients().readAll(narrow)).hasSize(1);
        assertThat(run().sent()).isEqualTo(2);
        assertThat(box.sent()).hasSize(2);
    }

    @Test
    void endsWhenItIsStoppedAndGoesOnWithTheNextRun() throws Exception {
        IntStream.range(0, 40).forEach(i -> box.write("order.placed", "k" + i, 0));
        Redrive slow = box.redrive().rate(10).build();
        CompletableFuture<RedriveReport> running = CompletableFuture.supplyAsync(slow::run);
        await().until(() -> box.sent().size() >= 3);
        slow.stop();
        RedriveReport report = running.get(10, TimeUnit.SECONDS);
        assertThat(report.stopped()).isTrue();
        assertThat(report.failure()).isEmpty();
        assertThat(report.sent()).isBetween(3L, 39L).isEqualTo(box.sent().size());
        assertThat(run().sent()).isEqualTo(40 - report.sent());
        assertThat(box.sentKeys()).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void remembersWhatItSentWhenItIsInterrupted() throws Exception {
        IntStream.range(0, 40).forEach(i -> box.write("order.placed", "k" + i, 0));
        CompletableFuture<RedriveReport> report = new CompletableFuture<>();
        Thread thread = new Thread(() -> report.complete(run(b -> b.rate(10))));
        thread.start();
        await().until(() -> box.sent().size() >= 3);
        thread.interrupt();
        assertThat(report.get(10, TimeUnit.SECONDS).stopped()).isTrue();
        run();
        assertThat(box.sentKeys()).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void keepsToTheRate() {
        IntStream.range(0, 11).forEach(i -> box.write("order.placed", "k" + i, 0));
        long start = System.nanoTime();
        assertThat(run(b -> b.rate(10)).sent()).isEqualTo(11);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void stopsBeforeItSendsWhatItCouldNotRemember() {
        box.writeInTurn(4_000, "order.placed", "user.created");
        RedriveReport scattered = box.redrive().event("order.placed").build().run();

        assertThat(scattered.failure())
                .hasValueSatisfying(message -> assertThat(message).contains("can be remembered"));
        assertThat(scattered.sent()).isBetween(400L, 1_900L);
        assertThat(scattered.warnings()).isEmpty();

        RedriveReport rest = box.redrive().build().run();
        assertThat(rest.failure()).isEmpty();
        assertThat(rest.sent()).isEqualTo(4_000 - scattered.sent());
        assertThat(box.sent()).hasSize(4_000);
    }
}
