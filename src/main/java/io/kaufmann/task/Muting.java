package io.kaufmann.task;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.publish.ProducerFactory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** What a replay publishes with: by default a producer that sends nothing. Closed when the replay has ended. Thread-safe. */
final class Muting implements AutoCloseable {

    private final ProducerFactory producers;
    private final Optional<MutedProducer> muted;
    private final Optional<Writer> file;

    private Muting(ProducerFactory producers, Optional<MutedProducer> muted, Optional<Writer> file) {
        this.producers = producers;
        this.muted = muted;
        this.file = file;
    }

    /** The service's own producer. */
    static Muting none(KaufmannConfig config) {
        return new Muting(config.producerFactory(), Optional.empty(), Optional.empty());
    }

    /** One that sends nothing, and writes to a file if one is given. */
    static Muting to(KaufmannConfig config, Optional<Path> path) throws IOException {
        Optional<Writer> file = path.isPresent()
                ? Optional.of(Files.newBufferedWriter(path.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND))
                : Optional.empty();
        if (path.isPresent() && file.isPresent() && endsInTheMidst(path.get())) {
            file.get().write("\n");
        }
        MutedProducer muted = new MutedProducer(new ClusterView(config), config.eventNaming(), file);
        return new Muting(settings -> muted, Optional.of(muted), file);
    }

    /** As a killed process leaves it. */
    private static boolean endsInTheMidst(Path path) throws IOException {
        try (RandomAccessFile present = new RandomAccessFile(path.toFile(), "r")) {
            if (present.length() == 0) {
                return false;
            }
            present.seek(present.length() - 1);
            return present.read() != '\n';
        }
    }

    ProducerFactory producers() {
        return producers;
    }

    long count() {
        return muted.map(MutedProducer::count).orElse(0L);
    }

    Map<String, Long> byEvent() {
        return muted.map(MutedProducer::byEvent).orElse(Map.of());
    }

    long failed() {
        return muted.map(MutedProducer::failed).orElse(0L);
    }

    /**
     * Sees to it that all was written.
     *
     * @throws TaskException when something was not
     */
    void requireWritten() {
        muted.flatMap(MutedProducer::writeError).ifPresent(error -> {
            throw new TaskException(
                    "What is not published cannot be written down (" + error.getMessage()
                            + "), so the replay has stopped. Make room, and go on with --resume",
                    error);
        });
    }

    @Override
    public void close() throws IOException {
        muted.ifPresent(MutedProducer::close);
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
