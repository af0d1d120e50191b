package io.datalifecycle.dlt.ingest;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;

/**
 * A source could not be read to its end. All rows before the break were taken; {@link #result()} counts them. Sending the whole
 * source again is safe where the store has a natural key or the call a batch id.
 */
public final class IngestBrokenException extends DltException {

    private static final long serialVersionUID = 1L;

    private final transient IngestResult result;
    private final long line;

    /**
     * @param source what broke
     * @param line last line (or record) that was read
     * @param why in half a sentence
     * @param result what was taken before
     * @param cause for the log
     */
    public IngestBrokenException(String source, long line, String why, IngestResult result, Throwable cause) {
        super(
                ProblemCode.SOURCE_UNREADABLE,
                source + " broke after line " + line + ": " + why + "; what came before is kept (" + result
                        + "). Mend the source and send it again from there, or as a whole",
                cause);
        this.line = line;
        this.result = result;
    }

    /** What was taken before the break. */
    public IngestResult result() {
        return result;
    }

    /** The last line (or record) that was read. */
    public long line() {
        return line;
    }
}
