package io.kaufmann.internal.produce;

import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.publish.Publisher;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Publishes from outside a handler over an outbox. Thread-safe. */
public final class OutboxPublisher implements Publisher {

    private final Outbox outbox;

    /** A publisher over this outbox. */
    public OutboxPublisher(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public CompletableFuture<Published> publish(Publication publication) {
        List<OutgoingRecord> records;
        try {
            records = outbox.prepare(publication, Optional.empty());
        } catch (PublishException e) {
            return CompletableFuture.failedFuture(e);
        }
        List<CompletableFuture<Written>> written =
                records.stream().map(this::send).toList();
        CompletableFuture<Published> published = new CompletableFuture<>();
        var unused = CompletableFuture.allOf(written.toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, error) -> {
                    if (error == null) {
                        published.complete(new Published(
                                publication.name().text(),
                                written.stream().map(CompletableFuture::join).toList()));
                    } else {
                        published.completeExceptionally(error.getCause());
                    }
                });
        return published;
    }

    private CompletableFuture<Written> send(OutgoingRecord record) {
        CompletableFuture<Written> future = new CompletableFuture<>();
        outbox.send(record, new Outbox.Acknowledgement() {
            @Override
            public void written(Written written) {
                future.complete(written);
            }

            @Override
            public void failed(PublishException error) {
                future.completeExceptionally(error);
            }
        });
        return future;
    }
}
