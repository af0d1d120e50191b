package io.datalifecycle.dlt.row;

import java.util.List;
import java.util.Objects;

/**
 * A row that was not stored, with everything needed to mend and replay it. Immutable.
 *
 * @param line 1-based line (or record number) in the source
 * @param reasons why, at least one
 * @param payload the row as it came, as JSON (for CSV by column, so that it can be mended without the file); the raw text where it
 *     is no row at all; cut at 64 Ki characters
 */
public record RowRejection(long line, List<Reason> reasons, String payload) {

    public RowRejection {
        reasons = List.copyOf(reasons);
        Objects.requireNonNull(payload, "payload");
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("reasons: at least one is needed");
        }
    }

    /** Pointer of the first reason. */
    public String pointer() {
        return reasons.get(0).pointer();
    }

    /** Text of the first reason. */
    public String reason() {
        return reasons.get(0).message();
    }

    /**
     * One reason.
     *
     * @param pointer JSON pointer into the row, {@code ""} for the whole row
     * @param keyword JSON Schema keyword that failed ({@code type}, {@code required}, …) or {@code syntax}, {@code window}, {@code storage}
     * @param message what is wrong and what would be right
     */
    public record Reason(String pointer, String keyword, String message) {}
}
