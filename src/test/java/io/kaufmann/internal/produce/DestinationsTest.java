package io.kaufmann.internal.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.event.CallbackTopic;
import io.kaufmann.event.Event;
import io.kaufmann.event.Meta;
import io.kaufmann.internal.produce.Destinations.Destination;
import io.kaufmann.publish.CallbackTopics;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Target;
import io.kaufmann.publish.TopicStrategy;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DestinationsTest {

    private static final Publication GREETED = Publication.of("event.greeted", Map.of());

    private final Destinations destinations =
            new Destinations("rapids", TopicStrategy.callbackAndDefault(), CallbackTopics.of("replies.*"));

    private List<String> topics(Publication publication, Optional<CallbackTopic> callback) {
        Optional<Meta> meta = callback.map(
                topic -> Meta.builder().callbackTopic(Optional.of(topic)).build());
        return destinations.of(publication, meta.map(DestinationsTest::eventWith)).stream()
                .map(Destination::topic)
                .toList();
    }

    /** An event of which nothing but its metadata is asked. */
    private static Event eventWith(Meta meta) {
        return (Event) Proxy.newProxyInstance(
                Event.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> meta);
    }

    @Test
    void askTheStrategyOnlyWhenNoTargetIsStated() {
        Optional<CallbackTopic> callback = Optional.of(CallbackTopic.of("replies.ada"));
        assertThat(topics(GREETED, callback)).containsExactly("replies.ada", "rapids");
        assertThat(topics(GREETED.to("audit"), callback)).containsExactly("audit");
    }

    @Test
    void haveNoRecordForACallbackThatNobodyAwaits() {
        assertThat(topics(GREETED.to(Target.callback()), Optional.empty())).isEmpty();
        assertThat(topics(
                        GREETED.to(Target.callback()),
                        Optional.of(new CallbackTopic(Optional.empty(), java.util.OptionalInt.of(1)))))
                .isEmpty();
        assertThat(topics(GREETED, Optional.empty())).containsExactly("rapids");
    }

    @Test
    void refuseCallbackTopicsThatAreNotAllowedAndCutTheirNames() {
        assertThatThrownBy(() -> topics(GREETED, Optional.of(CallbackTopic.of("__consumer_offsets"))))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("'__consumer_offsets'")
                .hasMessageContaining("kaufmann.callback.topics (replies.*)");
        assertThatThrownBy(() -> topics(GREETED, Optional.of(CallbackTopic.of("x\n" + "y".repeat(500)))))
                .hasMessageContaining("x\\u000ay")
                .satisfies(error ->
                        assertThat(error.getMessage()).doesNotContain("\n").hasSizeLessThan(500));
    }
}
