package io.kaufmann.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.Result;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.KeptAnswer;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.ParkedKeys;
import io.kaufmann.internal.produce.KeepingOutbox;
import io.kaufmann.internal.produce.Topics;
import io.kaufmann.internal.produce.TracedSends;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.telemetry.Tracing;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept with an event for a transaction, and what becomes of it when some of it can never be written. */
class KeptAnswersTest {

    private final ProcessorBench bench = new ProcessorBench();
    private boolean defaultTopicIsAway;

    KeptAnswersTest() {
        bench.around = outbox -> new KeepingOutbox(outbox, new Known(), new TracedSends(Tracing.NONE), 1_000_000);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static List<String> topics(Delivery delivery) {
        return delivery.kept().stream().map(kept -> kept.record().topic()).toList();
    }

    private void refuse(Delivery delivery, String topic, Exception why) {
        bench.deliveries.completed();
        delivery.settle();
        KeptAnswer refused = delivery.kept().stream()
                .filter(kept -> kept.record().topic().equals(topic))
                .findFirst()
                .orElseThrow();
        boolean goesOn = delivery.reopen(
                new Lane(delivery.assignment().share(), new Object()),
                refused,
                PublishException.rejected("refused on purpose", why));
        assertThat(goesOn).isTrue();
        for (int i = 0; i < 3; i++) {
            bench.pass();
        }
    }

    @Test
    void keepsAnErrorEventOnceThoughOneTargetWasAwayAndTheOtherIsRefusedLater() {
        bench.handler = event -> Result.failure("on purpose");
        defaultTopicIsAway = true;
        Delivery delivery = bench.handle();
        for (int i = 0; i < 3; i++) {
            bench.pass();
        }
        assertThat(topics(delivery)).containsExactlyInAnyOrder("callbacks", "default");

        refuse(delivery, "callbacks", new TopicAuthorizationException("callbacks"));

        assertThat(topics(delivery)).containsExactly("default");
        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void endsTheRoundOfAKeyWhereItDidWhenTheLetterOfAParkedEventIsRefused() {
        bench.deadLetters = DeadLetters.to("dead");
        bench.parking = true;
        bench.handler = event -> Result.failure("on purpose");
        bench.handle("order.placed#ada", "{}");
        bench.handler = event -> Result.noReply();
        Delivery parked = bench.handle("order.placed#ada", "{}");
        ParkedKeys keys = parked.assignment().parked();
        assertThat(keys.round("ada")).contains(new ParkedKeys.Round(0, 1));

        refuse(parked, "dead", new RecordTooLargeException("on purpose"));

        assertThat(topics(parked)).doesNotContain("dead").contains("default");
        assertThat(keys.round("ada")).contains(new ParkedKeys.Round(0, 0));
    }

    @Test
    void forgetsTheRepliesOfAnEventOfWhichOneIsRefused() {
        bench.handler = event -> Result.reply(Publication.of("done", Map.of()), Publication.of("done", Map.of()));
        Delivery delivery = bench.handle();
        assertThat(topics(delivery)).hasSize(2);
        String topic = topics(delivery).get(0);

        refuse(delivery, topic, new RecordTooLargeException("on purpose"));

        assertThat(delivery.kept())
                .isNotEmpty()
                .allSatisfy(kept -> assertThat(kept.record().name().isError()).isTrue());
    }

    /** All topics, but that the default one may be away once. */
    private final class Known implements Topics {

        @Override
        public void find(String topic, Answer answer) {
            if (defaultTopicIsAway && topic.equals("default")) {
                defaultTopicIsAway = false;
                answer.unknown(PublishException.unavailable("the cluster is silent", null));
            } else {
                answer.partitions(1);
            }
        }

        @Override
        public void forget(String topic) {}
    }
}
