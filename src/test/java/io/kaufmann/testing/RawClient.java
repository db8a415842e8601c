package io.kaufmann.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A connection that says what no client would, or stops in the middle. */
public final class RawClient implements AutoCloseable {

    private final Socket socket = new Socket();

    /**
     * Connects.
     *
     * @param address to where
     */
    public RawClient(InetSocketAddress address) {
        try {
            socket.connect(address, 5_000);
            socket.setSoTimeout(Math.toIntExact(Duration.ofSeconds(30).toMillis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a text. */
    public RawClient say(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that comes until the other side closes. */
    public String hear() {
        try {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
