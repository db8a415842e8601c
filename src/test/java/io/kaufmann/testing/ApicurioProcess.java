package io.kaufmann.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real Apicurio Registry as a process of its own, its contents in its memory. */
public final class ApicurioProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private final Process process;
    private final Thread killer;
    private final int port;
    private final Path log;

    private ApicurioProcess(Path jar) throws IOException {
        this.port = freePort();
        this.log = Files.createDirectories(Path.of("target")).resolve("apicurio-" + port + ".log");
        this.process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.http.host=127.0.0.1",
                        "-jar",
                        jar.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        this.killer = new Thread(process::destroyForcibly, "apicurio-killer");
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /**
     * Starts one and waits until it answers.
     *
     * @return the registry
     * @throws IllegalStateException when there is none below the directory, or it does not come up
     */
    public static ApicurioProcess start() {
        Path directory = Path.of(System.getProperty("kaufmann.test.apicurio", "target/apicurio"));
        try {
            ApicurioProcess registry = new ApicurioProcess(jarBelow(directory));
            registry.awaitReady();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The base URL of its Confluent API.
     *
     * @return the URL
     */
    public String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(killer);
    }

    private void awaitReady() {
        RawHttp http = new RawHttp(url());
        try {
            Awaitility.await("Apicurio at " + url() + ", log in " + log)
                    .atMost(READY_WITHIN)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .failFast("Apicurio has ended, see " + log, () -> !process.isAlive())
                    .until(() -> http.send("GET", "/subjects", "").statusCode() == 200);
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    // 3.0.9 has *-runner.jar at the top, others quarkus-run.jar.
    private static Path jarBelow(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.walk(directory, 3)) {
                Path jar = files.filter(file -> {
                            String name = file.getFileName().toString();
                            return name.equals("quarkus-run.jar")
                                    || (name.startsWith("apicurio-registry-app-") && name.endsWith("-runner.jar"));
                        })
                        .findFirst()
                        .orElse(null);
                if (jar != null) {
                    return jar;
                }
            }
        }
        throw new IllegalStateException("No Apicurio Registry below " + directory.toAbsolutePath()
                + ": mvn verify unpacks io.apicurio:apicurio-registry-app:tar.gz:all there; or give another directory"
                + " with -Dkaufmann.test.apicurio=...");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
