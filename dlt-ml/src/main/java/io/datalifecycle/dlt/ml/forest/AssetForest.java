package io.datalifecycle.dlt.ml.forest;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.config.Precision;
import com.amazon.randomcutforest.returntypes.DiVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one asset: rows put aside until there are enough, then a forest, its scaling and its threshold. Not thread-safe. */
final class AssetForest {

    /** Time of an asset that has learnt nothing yet. */
    static final long NEVER = Long.MIN_VALUE;

    final ForestOptions options;
    final int features;
    final long seed;
    long learntUpTo = NEVER;
    List<double[]> waiting = new ArrayList<>();

    @Nullable
    Warm warm;

    /** Whether the forest is another than the one in the stored model. */
    boolean ownForest;

    /** What an asset has once it is warm. */
    static final class Warm {
        final Scaling scaling;
        final double threshold;
        final RandomCutForest forest;
        final float[] shingle;
        int filled;

        Warm(Scaling scaling, double threshold, RandomCutForest forest, float[] shingle, int filled) {
            this.scaling = scaling;
            this.threshold = threshold;
            this.forest = forest;
            this.shingle = shingle;
            this.filled = filled;
        }
    }

    AssetForest(ForestOptions options, int features, long seed) {
        this.options = options;
        this.features = features;
        this.seed = seed;
    }

    /** Takes in one row that was judged; once enough rows wait, all of them are learnt. */
    void learn(double[] row, long time, boolean anomaly) {
        learntUpTo = time;
        Warm known = warm;
        if (known == null) {
            waiting.add(row);
            if (waiting.size() >= options.warmUp()) {
                learnAll(waiting);
                waiting = new ArrayList<>();
            }
            return;
        }
        push(known, row, known.shingle);
        known.filled = Math.min(known.filled + 1, options.shingle());
        if (known.filled == options.shingle() && learnsFrom(anomaly)) {
            known.forest.update(known.shingle);
            ownForest = true;
        }
    }

    private boolean learnsFrom(boolean anomaly) {
        return switch (options.adapt()) {
            case ALWAYS -> true;
            case USUAL -> !anomaly;
            case NEVER -> false;
        };
    }

    /** Learns scaling, forest and threshold from all rows of an asset, in their order. Gives the scores the threshold is from. */
    double[] learnAll(List<double[]> rows) {
        Scaling scaling = Scaling.of(rows);
        RandomCutForest forest = grow();
        float[] shingle = new float[features * options.shingle()];
        double[] scores = new double[rows.size()];
        int judged = 0;
        int young = options.shingle() - 1 + outputAfter();
        int settled = Math.max(young, Math.min(options.samples(), rows.size() / 2)); // young trees score too high
        for (int i = 0; i < rows.size(); i++) {
            shift(shingle);
            scaling.apply(rows.get(i), shingle, shingle.length - features);
            if (i + 1 < options.shingle()) {
                continue;
            }
            if (i >= settled) {
                scores[judged++] = forest.getAnomalyScore(shingle);
            }
            forest.update(shingle);
        }
        double[] kept = Arrays.copyOf(scores, judged);
        warm = new Warm(scaling, Threshold.of(kept, options), forest, shingle, options.shingle());
        ownForest = true;
        return kept;
    }

    /** The next point of a warm asset, without keeping it; null while the first shingle fills. */
    float @Nullable [] next(Warm known, double[] row) {
        if (known.filled + 1 < options.shingle()) {
            return null;
        }
        float[] point = known.shingle.clone();
        push(known, row, point);
        return point;
    }

    /** A point of rows that are scored again; before the first of them its own values stand in. */
    float[] again(Warm known, double[] row, float @Nullable [] before) {
        float[] point = before == null ? new float[known.shingle.length] : before.clone();
        push(known, row, point);
        if (before == null) {
            for (int at = 0; at < point.length - features; at += features) {
                System.arraycopy(point, point.length - features, point, at, features);
            }
        }
        return point;
    }

    /** Share of each feature in the score, over all rows of a shingle; the sum is the score. */
    double[] attribution(Warm known, float[] point) {
        DiVector parts = known.forest.getAnomalyAttribution(point);
        double[] shares = new double[features];
        for (int i = 0; i < point.length; i++) {
            shares[i % features] += parts.getHighLowSum(i);
        }
        return shares;
    }

    private void push(Warm known, double[] row, float[] point) {
        shift(point);
        known.scaling.apply(row, point, point.length - features);
    }

    private void shift(float[] point) {
        System.arraycopy(point, features, point, 0, point.length - features);
    }

    /** Points before a forest gives any score; few enough for the smallest warm-up. */
    private int outputAfter() {
        return Math.min(16, Math.min(options.samples(), options.warmUp()) / 4);
    }

    private RandomCutForest grow() {
        return RandomCutForest.builder()
                .dimensions(features * options.shingle())
                .shingleSize(options.shingle())
                .numberOfTrees(options.trees())
                .sampleSize(options.samples())
                .outputAfter(outputAfter())
                .precision(Precision.FLOAT_32)
                .compact(true)
                .internalShinglingEnabled(false)
                .parallelExecutionEnabled(false)
                .boundingBoxCacheFraction(1) // four times faster, for memory that lives no longer than a run
                .randomSeed(seed)
                .build();
    }
}
