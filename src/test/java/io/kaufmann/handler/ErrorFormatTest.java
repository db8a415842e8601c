package io.kaufmann.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorFormatTest {

    private final ErrorFormat format = ErrorFormat.standard();

    @Test
    void tellsAThrowablesClassAndMessage() {
        assertThat(format.apply(new IllegalStateException("no stock", new RuntimeException("cause"))))
                .isEqualTo("java.lang.IllegalStateException: no stock");
    }

    @Test
    void tellsTheClassAloneWithoutAMessage() {
        assertThat(format.apply(new StackOverflowError())).isEqualTo("java.lang.StackOverflowError");
    }

    @Test
    void tellsTheClassAloneWhenTheMessageFails() {
        assertThat(format.apply(new Unspeakable())).isEqualTo(Unspeakable.class.getName());
    }

    @Test
    void leavesEverythingElseAsItIs() {
        assertThat(format.apply("no stock")).isEqualTo("no stock");
        assertThat(format.apply(Map.of("code", 7))).isEqualTo(Map.of("code", 7));
    }

    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even this");
        }
    }
}
