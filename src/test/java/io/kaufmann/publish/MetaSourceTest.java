package io.kaufmann.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.CallbackTopic;
import io.kaufmann.event.Meta;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetaSourceTest {

    private static final Instant NOW = Instant.parse("2018-01-01T12:00:00.123456Z");

    private final AtomicInteger ids = new AtomicInteger();
    private final MetaSource source =
            MetaSource.standard("greeter", "greeter-1", InstantSource.fixed(NOW), () -> "m-" + ids.incrementAndGet());

    @Test
    void anEventWithoutCauseHasWhoWhatAndWhen() {
        Meta meta = source.meta(Publication.of("event.x#42", 1), Optional.empty());

        assertThat(meta.messageId()).contains("m-1");
        assertThat(meta.emitterService()).contains("greeter");
        assertThat(meta.emitterServiceId()).contains("greeter-1");
        assertThat(meta.messageName()).contains("event.x#42");
        assertThat(meta.timestamp()).contains(NOW);
        assertThat(meta.timestampText()).contains("2018-01-01 12:00:00.123456Z");
        assertThat(meta.fields()).containsEntry("callback_id", null).containsEntry("callback_topic", null);
    }

    @Test
    void aReplyCarriesItsCausesCallback() {
        Meta cause = Meta.of(Map.of(
                "message_id",
                "theirs",
                "callback_id",
                "c-1",
                "callback_topic",
                Map.of("topic", "answers"),
                "next_callback_topic",
                Map.of("topic", "next", "partition", 3)));

        Meta meta = source.meta(Publication.of("event.x", 1), Optional.of(cause));

        assertThat(meta.messageId()).contains("m-1");
        assertThat(meta.callbackId()).contains("c-1");
        assertThat(meta.callbackTopic()).contains(CallbackTopic.of("next", 3));
        assertThat(meta.nextCallbackTopic()).isEmpty();
    }

    @Test
    void whatThePublicationStatesGoesFirst() {
        Meta cause = Meta.of(Map.of("callback_id", "c-1", "next_callback_topic", Map.of("topic", "next")));
        Publication publication = Publication.of("event.x", 1)
                .callbackId("c-2")
                .callbackTopic(CallbackTopic.of("mine"))
                .meta("tenant", "acme")
                .meta("message_id", "own");

        Meta meta = source.meta(publication, Optional.of(cause));

        assertThat(meta.callbackId()).contains("c-2");
        assertThat(meta.callbackTopic()).contains(CallbackTopic.of("mine"));
        assertThat(meta.field("tenant")).contains("acme");
        assertThat(meta.messageId()).contains("own");
    }

    @Test
    void eachEventHasAnIdOfItsOwn() {
        Publication publication = Publication.of("event.x", 1);

        assertThat(source.meta(publication, Optional.empty()).messageId())
                .isNotEqualTo(source.meta(publication, Optional.empty()).messageId());
    }
}
