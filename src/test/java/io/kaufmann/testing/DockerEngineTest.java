package io.kaufmann.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerEngineTest {

    @Test
    void findsTheSocketOnWhichSomethingListens(@TempDir Path directory) throws IOException {
        Path socket = directory.resolve("docker.sock");
        Path leftBehind = Files.createFile(directory.resolve("left-behind.sock"));
        try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            assertThat(DockerEngine.firstListening(List.of(
                            "unix://" + directory.resolve("none.sock"), "unix://" + leftBehind, "unix://" + socket)))
                    .contains("unix://" + socket);
        }
        assertThat(DockerEngine.firstListening(List.of("unix://" + socket))).isEmpty();
    }

    @Test
    void findsThePortOnWhichSomethingListens() throws IOException {
        int port = FreePorts.next();
        String host = "tcp://127.0.0.1:" + port;
        try (ServerSocket engine = new ServerSocket()) {
            engine.bind(new InetSocketAddress(FreePorts.loopback(), port));
            assertThat(DockerEngine.firstListening(List.of(host))).contains(host);
        }
        assertThat(DockerEngine.firstListening(List.of(host))).isEmpty();
    }
}
