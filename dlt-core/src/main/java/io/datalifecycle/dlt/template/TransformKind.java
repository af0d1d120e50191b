package io.datalifecycle.dlt.template;

/** The kinds of {@link Transform}; the label is the key in a featurestore. */
public enum TransformKind {
    ROLLUP("rollup"),
    SQL("sql"),
    JOIN("join"),
    EXPRESSION("expression");

    private final String label;

    TransformKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
