package io.kaufmann.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicStrategyTest {

    @Test
    void theSimpleOnesAlwaysSayTheSame() {
        assertThat(targets(TopicStrategy.defaultTopic(), "a")).containsExactly(Target.defaultTopic());
        assertThat(targets(TopicStrategy.callback(), "a")).containsExactly(Target.callback());
        assertThat(targets(TopicStrategy.callbackAndDefault(), "a"))
                .containsExactly(Target.callback(), Target.defaultTopic());
    }

    @ParameterizedTest
    @CsvSource({
        "event.user.created, user.created",
        "event.user.created#42.x.y, user.created",
        "event.user.created.twice, user.created",
        "command.user.create, user.create",
        "query.request.user.find, user.find",
        "query.res.user.find.all, user.find",
    })
    void theNamespaceIsTwoPartsOfTheName(String name, String topic) {
        assertThat(targets(TopicStrategy.eventNamespace(), name)).containsExactly(Target.topic(topic));
    }

    @ParameterizedTest
    @CsvSource({"event", "event.user", "query.request.user", "query"})
    void aNameWithFewerPartsGoesToTheDefaultTopic(String name) {
        assertThat(targets(TopicStrategy.eventNamespace(), name)).containsExactly(Target.defaultTopic());
    }

    @ParameterizedTest
    @CsvSource({"event..", "event. .x", "'event.a b.c'", "event.user/../x.y", "event.__consumer_offsets"})
    void whateverTheNameItIsNoCrash(String name) {
        assertThat(targets(TopicStrategy.eventNamespace(), name)).hasSize(1);
    }

    private static List<Target> targets(TopicStrategy strategy, String name) {
        return strategy.targets(Publication.of(name, 1), Optional.empty());
    }
}
