package io.datalifecycle.dlt.ml.forest;

import java.util.Arrays;
import java.util.List;

/**
 * How the features of one asset usually are, so that all weigh the same. Built from quantiles, which a few faults in the training
 * rows do not move. Immutable by convention.
 *
 * @param middle median
 * @param low 5 % of the rows are below
 * @param high 5 % of the rows are above
 */
record Scaling(double[] middle, double[] low, double[] high) {

    /** Farther out all is the same: one wild value must not flatten everything else in the trees. */
    private static final double FARTHEST = 20;

    /** Distance of the 5 % quantiles of a normal distribution, in standard deviations. */
    private static final double NORMAL_SPAN = 3.29;

    static Scaling of(List<double[]> rows) {
        int features = rows.get(0).length;
        Scaling scaling = new Scaling(new double[features], new double[features], new double[features]);
        for (int f = 0; f < features; f++) {
            double[] values = new double[rows.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.get(i)[f];
            }
            Arrays.sort(values);
            scaling.middle[f] = quantile(values, 0.5);
            scaling.low[f] = quantile(values, 0.05);
            scaling.high[f] = quantile(values, 0.95);
        }
        return scaling;
    }

    /** A row in comparable units, written from an offset. */
    void apply(double[] row, float[] to, int offset) {
        for (int f = 0; f < row.length; f++) {
            double scaled = (row[f] - middle[f]) / unit(f);
            to[offset + f] = (float) Math.max(-FARTHEST, Math.min(FARTHEST, scaled));
        }
    }

    /** One usual deviation; for a feature that never moved, one percent of its value. */
    private double unit(int feature) {
        double span = (high[feature] - low[feature]) / NORMAL_SPAN;
        double least = Math.max(1e-9, Math.abs(middle[feature]) * 1e-6);
        return span > least ? span : Math.max(1e-6, Math.abs(middle[feature]) * 0.01);
    }

    /** A quantile of sorted values, between neighbours. */
    static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
