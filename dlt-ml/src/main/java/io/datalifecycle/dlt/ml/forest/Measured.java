package io.datalifecycle.dlt.ml.forest;

import io.datalifecycle.dlt.ml.input.FeatureRows;
import io.datalifecycle.dlt.spi.ModelTrainer.TrainingSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts how the scores that were given before a row was learnt agree with its label, where there are labels. Not thread-safe. */
final class Measured {

    private final TrainingSet set;
    private final int label;
    private long judged;
    private long flagged;
    private long hits;
    private long misses;
    private long falseAlarms;
    private double threshold;
    private int warm;

    Measured(TrainingSet set) {
        this.set = set;
        this.label =
                set.target().map(name -> FeatureRows.column(set.rows(), name)).orElse(-1);
    }

    /** The scores belong to the last rows of an asset. */
    void add(List<Integer> rows, double[] scores, double limit) {
        int first = rows.size() - scores.length;
        for (int i = 0; i < scores.length; i++) {
            boolean anomaly = scores[i] > limit;
            judged++;
            flagged += anomaly ? 1 : 0;
            if (label >= 0) {
                boolean fault = FeatureRows.number(set.rows(), rows.get(first + i), label) > 0.5;
                hits += fault && anomaly ? 1 : 0;
                misses += fault && !anomaly ? 1 : 0;
                falseAlarms += !fault && anomaly ? 1 : 0;
            }
        }
        threshold += limit;
        warm++;
    }

    Map<String, Double> metrics(int assets) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("rows", (double) set.rows().size());
        metrics.put("assets", (double) assets);
        metrics.put("assets_warm", (double) warm);
        metrics.put("anomaly_rate", ratio(flagged, judged));
        metrics.put("threshold", threshold / Math.max(1, warm));
        if (label >= 0) {
            metrics.put("f1", ratio(2 * hits, 2 * hits + misses + falseAlarms));
            metrics.put("precision", ratio(hits, hits + falseAlarms));
            metrics.put("recall", ratio(hits, hits + misses));
        }
        return metrics;
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
