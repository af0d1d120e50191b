package io.datalifecycle.dlt.connector;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The bytes of an answer; breaks off when there are more than allowed, so that no answer fills the memory. */
final class BoundedBody implements BodySubscriber<byte[]> {

    /** More came than allowed. */
    static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLargeException(int limit) {
            super("more than " + limit + " bytes");
        }
    }

    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private final int limit;
    private @Nullable Subscription subscription;
    private long seen;
    private boolean broken;

    BoundedBody(int limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole.getBody();
    }

    @Override
    public void onSubscribe(Subscription source) {
        subscription = source;
        whole.onSubscribe(source);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (broken) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            seen += buffer.remaining();
        }
        if (seen > limit) {
            broken = true;
            if (subscription != null) {
                subscription.cancel();
            }
            whole.onError(new TooLargeException(limit));
            return;
        }
        whole.onNext(buffers);
    }

    @Override
    public void onError(Throwable failure) {
        whole.onError(failure);
    }

    @Override
    public void onComplete() {
        if (!broken) {
            whole.onComplete();
        }
    }
}
