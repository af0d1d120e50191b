package io.datalifecycle.dlt.problem;

/**
 * Root of what DLT throws. Callers catch a subclass where they act differently: not found, conflict, invalid template,
 * refused statement, database away, delivery failed. Message: what, where, what to do, ending with the code in brackets.
 */
public class DltException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;

    /** The code is appended to the message. */
    public DltException(ProblemCode code, String message) {
        super(message + " [" + code.label() + "]");
        this.code = code;
    }

    /** The code is appended to the message; the cause is for the log, not needed to understand the message. */
    public DltException(ProblemCode code, String message, Throwable cause) {
        super(message + " [" + code.label() + "]", cause);
        this.code = code;
    }

    /** The entry of the catalogue. */
    public ProblemCode code() {
        return code;
    }
}
