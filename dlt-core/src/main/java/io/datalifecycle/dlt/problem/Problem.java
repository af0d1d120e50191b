package io.datalifecycle.dlt.problem;

import java.util.Objects;

/**
 * One thing that is wrong: what, where, and what would be right. Immutable.
 *
 * @param code the entry of the catalogue
 * @param severity whether it stops what was asked for
 * @param pointer RFC 6901 JSON pointer into the template or document, {@code ""} for the whole
 * @param line 1-based line in the source text, 0 when there is no text
 * @param column 1-based column in the source text, 0 when there is no text
 * @param message what is wrong, one sentence without the location
 * @param hint what would be right, {@code ""} when there is nothing to add
 */
public record Problem(
        ProblemCode code, Severity severity, String pointer, int line, int column, String message, String hint) {

    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(hint, "hint");
    }

    /** An error at a pointer, without a position in a text. */
    public static Problem error(ProblemCode code, String pointer, String message, String hint) {
        return new Problem(code, Severity.ERROR, pointer, 0, 0, message, hint);
    }

    /** A warning at a pointer, without a position in a text. */
    public static Problem warning(ProblemCode code, String pointer, String message, String hint) {
        return new Problem(code, Severity.WARNING, pointer, 0, 0, message, hint);
    }

    /** The same problem at a position in a source text; both numbers start at 1. */
    public Problem at(int line, int column) {
        return new Problem(code, severity, pointer, line, column, message, hint);
    }

    /** One line: {@code /metrics/a/sql (12:7): message; hint [DLT-1042]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!pointer.isEmpty()) {
            text.append(pointer).append(' ');
        }
        if (line > 0) {
            text.append('(').append(line).append(':').append(column).append(") ");
        }
        if (text.length() > 0) {
            text.setLength(text.length() - 1);
            text.append(": ");
        }
        text.append(message);
        if (!hint.isEmpty()) {
            text.append("; ").append(hint);
        }
        return text.append(" [").append(code.label()).append(']').toString();
    }
}
