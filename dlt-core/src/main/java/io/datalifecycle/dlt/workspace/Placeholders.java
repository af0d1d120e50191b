package io.datalifecycle.dlt.workspace;

import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.util.Map;

/** Fills <code>${param.key}</code> in texts of a template with the workspace's values. */
public final class Placeholders {

    private static final String OPEN = "${";

    private Placeholders() {}

    /** The text with every placeholder replaced once; what a value brings in is never looked at again. */
    public static String fill(String text, WorkspaceContext workspace) {
        return fill(text, "param.", workspace.parameters());
    }

    /**
     * The text with every <code>${prefix…}</code> replaced by its value; other placeholders stay.
     *
     * @param prefix what a name starts with, for instance {@code param.}; may be empty
     */
    public static String fill(String text, String prefix, Map<String, ?> values) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            String name = text.substring(open + OPEN.length(), close).strip();
            filled.append(text, from, open);
            if (name.startsWith(prefix)) {
                filled.append(value(name, values.get(name.substring(prefix.length()))));
            } else {
                filled.append(text, open, close + 1);
            }
            from = close + 1;
        }
        return filled.append(text, from, text.length()).toString();
    }

    private static String value(String name, @org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            throw new InvalidInputException(
                    ProblemCode.PARAMETER_MISSING,
                    "${" + name + "} has no value in this workspace; give it when provisioning");
        }
        return value.toString();
    }
}
