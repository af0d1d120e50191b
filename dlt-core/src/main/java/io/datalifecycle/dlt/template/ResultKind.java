package io.datalifecycle.dlt.template;

/** The kinds of {@link ResultShape}; the label is the key in {@code result}. */
public enum ResultKind {
    SCALAR("scalar"),
    SERIES("series"),
    TABLE("table");

    private final String label;

    ResultKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
