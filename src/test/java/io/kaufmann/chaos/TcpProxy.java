package io.kaufmann.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Passes TCP connections on to a port of this machine, well or badly. Thread-safe. */
final class TcpProxy implements AutoCloseable {

    private static final byte[] ERROR_500 =
            "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);

    /** How it treats connections. */
    enum Mode {
        PASSING,
        REFUSING,
        SLOW,
        ANSWERING_500
    }

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.PASSING;

    /** A proxy for this port, on a port of its own. */
    TcpProxy(int target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open a port for a proxy", e);
        }
        start("proxy-" + server.getLocalPort(), this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void become(Mode now) {
        mode = now;
        if (now == Mode.REFUSING || now == Mode.ANSWERING_500) {
            cut();
        }
    }

    /** Breaks all connections that there are. */
    void cut() {
        open.forEach(TcpProxy::close);
        open.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                start("proxy-connection", () -> serve(client));
            } catch (IOException e) {
                // It is closed, or the connection was gone before it was accepted.
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void serve(Socket client) {
        try {
            if (mode == Mode.REFUSING) {
                return;
            }
            if (mode == Mode.ANSWERING_500) {
                var unused = client.getInputStream().read(new byte[8_192]);
                client.getOutputStream().write(ERROR_500);
                return;
            }
            Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(upstream);
            start("proxy-upstream", () -> pass(upstream, client));
            pass(client, upstream);
        } catch (IOException e) {
            // Whoever is behind the proxy is away: so is the proxy.
        } finally {
            end(client);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (mode == Mode.SLOW) {
                    LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // One of the two is gone.
        } finally {
            end(from);
            end(to);
        }
    }

    private void end(Socket socket) {
        close(socket);
        open.remove(socket);
    }

    private static void close(Socket socket) {
        try {
            // No lingering: what was cut is gone.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
