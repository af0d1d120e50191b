package io.datalifecycle.dlt.template;

import java.util.Arrays;
import java.util.List;

/** The kinds of {@link Check}; the label is the key in a check. */
public enum CheckKind {
    NOT_NULL("not_null"),
    RANGE("range"),
    UNIQUE("unique"),
    FRESHNESS("freshness"),
    ROWS("rows"),
    SQL("sql");

    private final String label;

    CheckKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The labels of all kinds, in order. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(CheckKind::label).toList();
    }
}
