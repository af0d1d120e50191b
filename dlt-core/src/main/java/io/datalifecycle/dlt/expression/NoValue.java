package io.datalifecycle.dlt.expression;

/** Stands for null and NaN while an expression runs, and ends the run where something is computed from it. */
final class NoValue {

    static final NoValue INSTANCE = new NoValue();

    private NoValue() {}

    @Override
    public String toString() {
        return "no value";
    }

    /** The run meets a value that is not there; without a stack trace, because it is an ordinary outcome. */
    static final class Met extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Met() {
            super("no value", null, false, false);
        }
    }
}
