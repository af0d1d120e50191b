package io.datalifecycle.dlt.problem;

/** A statement of a template was refused because it reaches for more than its workspace's data. */
public final class IsolationException extends DltException {

    private static final long serialVersionUID = 1L;

    public IsolationException(ProblemCode code, String message) {
        super(code, message);
    }

    public IsolationException(ProblemCode code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
