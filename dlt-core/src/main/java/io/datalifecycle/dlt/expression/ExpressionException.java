package io.datalifecycle.dlt.expression;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;

/**
 * An expression cannot be read ({@link ProblemCode#BAD_EXPRESSION}) or failed on the values it met
 * ({@link ProblemCode#EXPRESSION_FAILED}). The message holds the expression's text at most, never a value.
 */
public final class ExpressionException extends DltException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    ExpressionException(ProblemCode code, String reason) {
        super(code, "expression: " + reason);
        this.reason = reason;
    }

    /** What is wrong, one clause. */
    public String reason() {
        return reason;
    }
}
