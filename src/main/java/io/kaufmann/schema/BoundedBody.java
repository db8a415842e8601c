package io.kaufmann.schema;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Takes a body up to a size; what is larger is not read to its end and comes out empty. One for each answer. */
final class BoundedBody implements BodySubscriber<Optional<byte[]>> {

    private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
    private final int limit;

    // The client calls one method after the other.
    private Subscription subscription;
    private long received;

    BoundedBody(int limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<Optional<byte[]>> getBody() {
        return body.getBody().thenApply(bytes -> received > limit ? Optional.empty() : Optional.of(bytes));
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        body.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (received > limit) {
            return;
        }
        received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (received > limit) {
            subscription.cancel();
            body.onComplete();
        } else {
            body.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable throwable) {
        body.onError(throwable);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }
}
