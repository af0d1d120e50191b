package io.datalifecycle.dlt.problem;

/** What was asked for contradicts what is there: a frozen version, a taken key, a moved checkpoint. A host maps it to 409. */
public final class ConflictException extends DltException {

    private static final long serialVersionUID = 1L;

    public ConflictException(ProblemCode code, String message) {
        super(code, message);
    }
}
