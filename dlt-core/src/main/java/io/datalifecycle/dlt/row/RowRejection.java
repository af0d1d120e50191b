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

    /** Line and reasons without values and payload, fit for logs. */
    @Override
    public String toString() {
        return "line " + line + ": " + reasons;
    }

    /**
     * One reason.
     *
     * @param pointer JSON pointer into the row, {@code ""} for the whole row
     * @param keyword JSON Schema keyword that failed ({@code type}, {@code required}, …) or {@code syntax}, {@code window}, {@code storage},
     *     {@code natural_key}
     * @param message what is wrong and what would be right
     * @param value what stands at the pointer, as JSON, at most {@value #MAX_VALUE} characters; empty for the whole row and where
     *     nothing stands
     */
    public record Reason(String pointer, String keyword, String message, String value) {

        /** Longest value in characters; a longer one is cut. */
        public static final int MAX_VALUE = 200;

        public Reason {
            value = cut(value);
        }

        /** A reason that is not about one value. */
        public Reason(String pointer, String keyword, String message) {
            this(pointer, keyword, message, "");
        }

        /** The same reason with the value it is about. */
        public Reason withValue(String shown) {
            return new Reason(pointer, keyword, message, shown);
        }

        /** {@code /pressure minimum}: what rows of the quarantine are counted by. */
        public String label() {
            return (pointer + " " + keyword).strip();
        }

        /** The label: values are no matter of logs. */
        @Override
        public String toString() {
            return label();
        }

        private static String cut(String text) {
            if (text.length() <= MAX_VALUE) {
                return text;
            }
            int end = MAX_VALUE - 1;
            return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
        }
    }
}
