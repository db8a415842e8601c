package io.kaufmann.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrokerProcessIT {

    @Test
    void keepsAcknowledgedRecordsThroughAKillAndAStop() {
        try (BrokerProcess broker = BrokerProcess.started();
                TestClients clients = new TestClients(broker.bootstrapServers())) {
            String topic = clients.topics().createUnique("orders", 1);
            clients.producer().write(RawProducer.record(topic, "one", "1".getBytes(UTF_8)));

            broker.kill();
            assertThat(FreePorts.isFree(broker.port())).isTrue();
            broker.start();
            clients.producer().write(RawProducer.record(topic, "two", "2".getBytes(UTF_8)));

            broker.stop();
            broker.start();
            assertThat(clients.readAll(topic))
                    .extracting(TopicReader::key)
                    .containsExactly(Optional.of("one"), Optional.of("two"));
        }
    }
}
