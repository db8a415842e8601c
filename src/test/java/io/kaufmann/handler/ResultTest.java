package io.kaufmann.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.kaufmann.publish.Publication;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {

    @Test
    void aReplyKeepsItsPublicationsInTheirOrder() {
        Publication one = Publication.of("event.one", 1);
        Publication two = Publication.of("event.two", 2);
        List<Publication> list = new ArrayList<>(List.of(one, two));
        Result reply = Result.reply(list);
        list.clear();

        assertThat(reply).isEqualTo(new Result.Reply(List.of(one, two))).isEqualTo(Result.reply(one, two));
        assertThat(Result.reply(List.of())).isEqualTo(Result.reply());
    }

    @Test
    void aReplyByNameIsOnePublication() {
        Result.Reply reply = (Result.Reply) Result.reply("event.one", 1);

        assertThat(reply.publications()).singleElement().satisfies(publication -> {
            assertThat(publication.name().text()).isEqualTo("event.one");
            assertThat(publication.payload()).isEqualTo(1);
        });
    }

    @Test
    void aFailureHoldsItsError() {
        Exception error = new IllegalStateException();

        assertThat(Result.failure("it broke")).isEqualTo(new Result.Failure("it broke"));
        assertThat(((Result.Failure) Result.failure(error)).error()).isSameAs(error);
        assertThatNullPointerException().isThrownBy(() -> Result.failure((Object) null));
        assertThat(Result.noReply()).isEqualTo(new Result.NoReply());
    }
}
