package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.handler.Ordering;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

    private static Object linger(KaufmannConfig.Builder config) {
        return ClientSettings.of(config.build()).producer().get("linger.ms");
    }

    /** In order, the next event waits for the acknowledgement of the last one's replies. */
    @Test
    void doesNotLetAProducerLingerWhereEventsAreInOrder() {
        assertThat(linger(Samples.essentials())).isNull();
        assertThat(linger(Samples.essentials().ordering(Ordering.KEY))).isEqualTo(0);
        assertThat(linger(Samples.essentials().ordering(Ordering.PARTITION))).isEqualTo(0);
    }

    @Test
    void leavesItToWhoeverSetsIt() {
        assertThat(linger(Samples.essentials().ordering(Ordering.KEY).kafkaProducer("linger.ms", "7")))
                .hasToString("7");
    }
}
