package io.datalifecycle.dlt.problem;

/** A message could not be sent; says whether the same message may go through later. Thrown by notifiers. */
public final class DeliveryException extends DltException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    public DeliveryException(ProblemCode code, String message, boolean retryable) {
        super(code, message);
        this.retryable = retryable;
    }

    public DeliveryException(ProblemCode code, String message, boolean retryable, Throwable cause) {
        super(code, message, cause);
        this.retryable = retryable;
    }

    /** True when the outbox should try again. */
    public boolean isRetryable() {
        return retryable;
    }
}
