package io.datalifecycle.dlt.sql;

/**
 * One piece of SQL, from {@code start} (inclusive) to {@code end} (exclusive); all tokens together cover the text.
 *
 * @param kind what it is
 * @param start first character
 * @param end after the last character
 */
record Token(Kind kind, int start, int end) {

    enum Kind {
        SPACE,
        COMMENT,
        WORD,
        QUOTED,
        STRING,
        NUMBER,
        /** {@code :name}. */
        INPUT,
        /** {@code kind:key}. */
        REFERENCE,
        OPERATOR,
        /** One of {@code ( ) [ ] , ;} and a colon that is none of the above. */
        SYMBOL
    }

    boolean isBlank() {
        return kind == Kind.SPACE || kind == Kind.COMMENT;
    }

    /** Whether something that has a value ends here, so that a colon after it within brackets cuts a slice. */
    boolean endsOperand(String sql) {
        return switch (kind) {
            case WORD, QUOTED, STRING, NUMBER, INPUT, REFERENCE -> true;
            case SYMBOL -> sql.charAt(start) == ')' || sql.charAt(start) == ']';
            case SPACE, COMMENT, OPERATOR -> false;
        };
    }
}
