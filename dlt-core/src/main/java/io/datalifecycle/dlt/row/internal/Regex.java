package io.datalifecycle.dlt.row.internal;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;

/** Regular expressions of templates: RE2, whose time is linear in the text whatever the expression. */
final class Regex {

    private static final java.util.regex.Pattern UNICODE_ESCAPE =
            java.util.regex.Pattern.compile("\\\\u\\{?([0-9a-fA-F]{4,6})\\}?");

    private Regex() {}

    /** Compiles an expression of JSON Schema; {@code \u00e9}, which RE2 does not know, is translated. */
    static Pattern compile(String regex) {
        try {
            return Pattern.compile(UNICODE_ESCAPE.matcher(regex).replaceAll("\\\\x{$1}"));
        } catch (PatternSyntaxException e) {
            throw new DltException(
                    ProblemCode.BAD_JSON_SCHEMA,
                    "pattern " + regex + " cannot be used: " + e.getDescription()
                            + "; write it without look-around and back references (RE2 syntax)",
                    e);
        }
    }
}
