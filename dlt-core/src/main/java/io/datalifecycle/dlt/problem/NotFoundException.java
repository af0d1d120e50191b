package io.datalifecycle.dlt.problem;

/** Something named by the caller does not exist: a template, workspace, store, metric. A host maps it to 404. */
public final class NotFoundException extends DltException {

    private static final long serialVersionUID = 1L;

    public NotFoundException(ProblemCode code, String message) {
        super(code, message);
    }
}
