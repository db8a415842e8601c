package io.kaufmann.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.event.CallbackTopic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {

    private final Publication publication = Publication.of("event.x", Map.of("a", 1));

    @Test
    void startsWithNothingButNameAndPayload() {
        assertThat(publication.name().text()).isEqualTo("event.x");
        assertThat(publication.payload()).isEqualTo(Map.of("a", 1));
        assertThat(publication.targets()).isEmpty();
        assertThat(publication.format()).isEmpty();
        assertThat(publication.headers()).isEmpty();
        assertThat(publication.callbackId()).isEmpty();
        assertThat(publication.callbackTopic()).isEmpty();
        assertThat(publication.meta()).isEmpty();
    }

    @Test
    void eachSettingIsKeptByTheOthersAndLeavesTheFirstAsItWas() {
        Publication all = publication
                .key("42")
                .to(Target.callback(), Target.topic("t", 3))
                .format("json")
                .header("h", "Grüße")
                .header("h", new byte[] {1})
                .callbackId("c-1")
                .callbackTopic(CallbackTopic.of("answers"))
                .meta("tenant", "acme")
                .meta("nothing", null);

        assertThat(all.name().text()).isEqualTo("event.x#42");
        assertThat(all.targets()).containsExactly(Target.callback(), Target.topic("t", 3));
        assertThat(all.format()).contains("json");
        assertThat(all.headers()).hasSize(2);
        assertThat(all.headers().get(0).value()).isEqualTo("Grüße".getBytes(StandardCharsets.UTF_8));
        assertThat(all.callbackId()).contains("c-1");
        assertThat(all.callbackTopic()).contains(CallbackTopic.of("answers"));
        assertThat(all.meta()).containsEntry("tenant", "acme").containsEntry("nothing", null);
        assertThat(all.payload()).isEqualTo(publication.payload());
        startsWithNothingButNameAndPayload();
    }

    @Test
    void aKeyTakesTheFormersPlace() {
        assertThat(Publication.of("event.x#1", 1).key("2#3").name().text()).isEqualTo("event.x#2#3");
        assertThat(Publication.of("event.x#1", 1).name().orderingKey()).contains("1");
    }

    @Test
    void aHeadersBytesAreCopied() {
        byte[] value = {1};
        Publication with = publication.header("h", value);
        value[0] = 2;

        assertThat(with.headers().get(0).value()).containsExactly(1);
    }

    @Test
    void itsTextTellsNoPayload() {
        assertThat(publication.to("t").toString()).startsWith("event.x to [").doesNotContain("a=1");
        assertThat(publication).hasToString("event.x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "#42"})
    void needsAName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Publication.of(name, 1));
    }

    @Test
    void targetsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(publication::to);
        assertThatIllegalArgumentException().isThrownBy(() -> Target.topic(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.topic("t", -1))
                .withMessage("Partition -1 of t is negative");
        assertThat(Target.topic("t", 0)).isEqualTo(new Target.Topic("t", OptionalInt.of(0)));
        assertThat(Target.topic("t")).isEqualTo(new Target.Topic("t", OptionalInt.empty()));
    }

    @Test
    void nullsAreRefusedWhereTheyStand() {
        assertThatThrownBy(() -> publication.key(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> publication.format(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> publication.callbackId(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> publication.callbackTopic(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> publication.meta(null, 1)).isInstanceOf(NullPointerException.class);
        assertThat(Publication.of("event.x", null).payload()).isNull();
        assertThat(Optional.ofNullable(publication.meta("a", null).meta().get("a")))
                .isEmpty();
    }

    @Test
    void takesTheOrderingKeyOfAnotherIfThereIsOne() {
        Publication publication = Publication.of("event.user.created", Map.of());
        assertThat(publication.keyIfAny(Optional.of("42")).name().text()).isEqualTo("event.user.created#42");
        assertThat(publication.keyIfAny(Optional.empty()).name().text()).isEqualTo("event.user.created");
    }
}
