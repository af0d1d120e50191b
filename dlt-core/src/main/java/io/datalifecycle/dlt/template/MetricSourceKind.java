package io.datalifecycle.dlt.template;

/** The kinds of {@link MetricSource}; the label is the key in a metric. */
public enum MetricSourceKind {
    SQL("sql"),
    LATEST("latest"),
    EXPRESSION("expression"),
    CHECKS("checks");

    private final String label;

    MetricSourceKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
