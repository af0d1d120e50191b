package io.datalifecycle.dlt.ml.forest;

import java.util.Arrays;

/** Learns from the scores of training rows above which score a row is an anomaly. */
final class Threshold {

    /** Upper quartile of a normal distribution, in standard deviations. */
    private static final double UPPER_QUARTILE = 0.6745;

    private Threshold() {}

    /**
     * The quantile that leaves the assumed contamination above it; or the median plus so many spreads, where the spread is taken from
     * the upper quartile: up to a quarter of the training rows may be faults without lifting it.
     */
    static double of(double[] scores, ForestOptions options) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        if (options.contamination() > 0) {
            return Scaling.quantile(sorted, 1 - options.contamination());
        }
        double middle = Scaling.quantile(sorted, 0.5);
        double spread = (Scaling.quantile(sorted, 0.75) - middle) / UPPER_QUARTILE;
        return middle + options.threshold() * Math.max(spread, 0.02 * middle);
    }
}
