package io.kaufmann.internal.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class WakeupsTest {

    private final ScriptedConsumer consumer = new ScriptedConsumer();
    private final Wakeups wakeups = new Wakeups(consumer);

    @Test
    void wakesAPollAndNothingElse() {
        wakeups.wake();
        assertThat(consumer.wakeups).hasValue(0);

        wakeups.open();
        wakeups.wake();
        assertThat(consumer.wakeups).hasValue(1);

        wakeups.open();
        wakeups.shut();
        wakeups.wake();
        assertThat(consumer.wakeups).hasValue(1);
    }

    @Test
    void wakesAPollOnce() {
        wakeups.open();
        wakeups.wake();
        wakeups.wake();
        assertThat(consumer.wakeups).hasValue(1);
    }

    @Test
    void repeatsACallThatALateWakeupStruck() {
        AtomicInteger calls = new AtomicInteger();
        String result = wakeups.calmly(() -> {
            if (calls.incrementAndGet() == 1) {
                throw new WakeupException();
            }
            return "done";
        });
        assertThat(result).isEqualTo("done");
        assertThat(calls).hasValue(2);
    }

    @Test
    void repeatsACallForNothingElse() {
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() -> wakeups.calmly(() -> {
                    calls.incrementAndGet();
                    throw new TimeoutException("on purpose");
                }))
                .isInstanceOf(TimeoutException.class);
        assertThat(calls).hasValue(1);
    }
}
