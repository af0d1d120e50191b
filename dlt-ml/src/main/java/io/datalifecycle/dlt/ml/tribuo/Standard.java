package io.datalifecycle.dlt.ml.tribuo;

import java.util.List;

/**
 * Brings numbers to mean 0 and deviation 1, which gradient descent needs. Immutable by convention.
 *
 * @param mean per feature
 * @param deviation per feature, 1 where nothing varies
 */
record Standard(double[] mean, double[] deviation) {

    static Standard of(List<double[]> rows) {
        int features = rows.get(0).length;
        Standard standard = new Standard(new double[features], new double[features]);
        for (int f = 0; f < features; f++) {
            double sum = 0;
            for (double[] row : rows) {
                sum += row[f];
            }
            double mean = sum / rows.size();
            double squares = 0;
            for (double[] row : rows) {
                squares += (row[f] - mean) * (row[f] - mean);
            }
            double deviation = Math.sqrt(squares / rows.size());
            standard.mean[f] = mean;
            standard.deviation[f] = deviation > 1e-12 * Math.max(1, Math.abs(mean)) ? deviation : 1;
        }
        return standard;
    }

    /** Leaves everything as it is. */
    static Standard none(int features) {
        double[] ones = new double[features];
        java.util.Arrays.fill(ones, 1);
        return new Standard(new double[features], ones);
    }

    double[] apply(double[] row) {
        double[] scaled = new double[row.length];
        for (int f = 0; f < row.length; f++) {
            scaled[f] = (row[f] - mean[f]) / deviation[f];
        }
        return scaled;
    }
}
