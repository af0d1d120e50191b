package io.datalifecycle.dlt.problem;

/** The database is away or gave up; says whether trying again can help. Nothing was half done. */
public final class StoreUnavailableException extends DltException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    public StoreUnavailableException(ProblemCode code, String message, boolean retryable, Throwable cause) {
        super(code, message, cause);
        this.retryable = retryable;
    }

    /** True when the same call may succeed later without any change. */
    public boolean isRetryable() {
        return retryable;
    }
}
