package io.datalifecycle.dlt.language;

import java.util.regex.Pattern;

/**
 * A number or truth value that is kept as text in the model and written without quotes. Immutable.
 *
 * @param text as it was written
 */
record Raw(String text) {

    private static final Pattern LITERAL = Pattern.compile("-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,15})?|true|false");

    /** Raw where the text is a literal that reads back as the same text, the text itself elsewhere. */
    static Object of(String text) {
        return LITERAL.matcher(text).matches() ? new Raw(text) : text;
    }
}
