package io.datalifecycle.dlt.sql;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;

/** SQL that cannot be cut into tokens: a string, comment or bracket that never ends, or a character that is not allowed. */
public final class SqlSyntaxException extends DltException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final int offset;

    SqlSyntaxException(String sql, int offset, String reason) {
        super(ProblemCode.BAD_SQL, "SQL, " + SqlText.place(sql, offset) + ": " + reason);
        this.reason = reason;
        this.offset = offset;
    }

    /** What is wrong, without the place. */
    public String reason() {
        return reason;
    }

    /** Where, from 0. */
    public int offset() {
        return offset;
    }
}
