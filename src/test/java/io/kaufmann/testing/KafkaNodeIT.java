package io.kaufmann.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaNodeIT {

    /** Kafka itself would end the process here. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void releasesWhatItHasWhenAPortIsTakenDuringTheStart(boolean controller, @TempDir Path directory)
            throws IOException {
        NodeSettings settings =
                new NodeSettings(1, FreePorts.next(), FreePorts.next(), directory.resolve("data"), Map.of());
        int taken = controller ? settings.controllerPort() : settings.port();
        try (ServerSocket other = new ServerSocket();
                Silence kafka = Silence.of("kafka", "org.apache.kafka", "state.change.logger")) {
            assertThat(kafka).isNotNull();
            other.bind(new InetSocketAddress(FreePorts.loopback(), taken));
            assertThatThrownBy(() -> KafkaNode.start(settings)).isNotNull();
        }
        assertThat(FreePorts.isFree(settings.port())).isTrue();
        assertThat(FreePorts.isFree(settings.controllerPort())).isTrue();
        KafkaNode.start(settings).stop();
    }
}
