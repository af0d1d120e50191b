package io.datalifecycle.dlt.problem;

/** A value given by the caller (a metric input, a workspace parameter, a control) is missing or of the wrong type. A host maps it to 400. */
public final class InvalidInputException extends DltException {

    private static final long serialVersionUID = 1L;

    public InvalidInputException(ProblemCode code, String message) {
        super(code, message);
    }
}
