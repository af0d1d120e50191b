package io.datalifecycle.dlt.ml.forest;

import io.datalifecycle.dlt.ml.input.FeatureRows;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.Scorer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Scores rows against the forest of their asset, and lets it learn from each row after judging it. Not thread-safe. */
final class ForestScorer implements Scorer {

    private static final RowSchema OUTPUTS = new RowSchema(ForestTrainer.OUTPUTS);
    private static final int SCORE = 0;
    private static final int ANOMALY = 1;
    private static final int EXPLANATION = 2;

    private final ForestModel model;
    private final List<String> features;
    private final List<String> by;
    private final Map<String, byte[]> state;
    private final Explanation explanation;
    private final Map<String, AssetForest> assets = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    ForestScorer(ForestModel model, List<String> features, List<String> by, Map<String, byte[]> state) {
        this.model = model;
        this.features = List.copyOf(features);
        this.by = List.copyOf(by);
        this.state = Map.copyOf(state);
        this.explanation = new Explanation(this.features);
    }

    @Override
    public RowBatch score(RowBatch rows, boolean learn) {
        FeatureRows input = new FeatureRows(rows, features, by);
        int time = timeColumn(rows);
        RowBatch.Builder out = RowBatch.builder(OUTPUTS, rows.size());
        Map<String, float[]> again = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            double[] vector = input.vector(row);
            if (vector != null) {
                String key = input.asset(row);
                AssetForest asset = asset(key);
                long at = rows.longAt(row, time);
                if (learn && at > asset.learntUpTo) {
                    float[] point = asset.warm == null ? null : asset.next(asset.warm, vector);
                    boolean anomaly = judge(asset, vector, point, out);
                    asset.learn(vector, at, anomaly);
                    changed.add(key);
                } else {
                    float[] point = asset.warm == null ? null : asset.again(asset.warm, vector, again.get(key));
                    judge(asset, vector, point, out);
                    if (point != null) {
                        again.put(key, point);
                    }
                }
            }
            out.endRow(rows.position(row));
        }
        return out.build();
    }

    private boolean judge(AssetForest asset, double[] row, float @Nullable [] point, RowBatch.Builder out) {
        AssetForest.Warm warm = asset.warm;
        boolean explainAll = model.options().explain() == ForestOptions.Explain.ALL;
        if (warm == null || point == null) {
            out.setLong(ANOMALY, 0);
            if (explainAll) {
                out.setObject(
                        EXPLANATION,
                        Explanation.learning(
                                asset.waiting.size(), model.options().warmUp()));
            }
            return false;
        }
        // an attribution adds up to the score: where it is needed anyway, the forest is gone through once
        double[] shares = explainAll ? asset.attribution(warm, point) : null;
        double score = shares == null
                ? warm.forest.getAnomalyScore(point)
                : Arrays.stream(shares).sum();
        boolean anomaly = score > warm.threshold;
        out.setDouble(SCORE, score);
        out.setLong(ANOMALY, anomaly ? 1 : 0);
        if (shares == null && anomaly && model.options().explain() == ForestOptions.Explain.ANOMALIES) {
            shares = asset.attribution(warm, point);
        }
        if (shares != null) {
            out.setObject(EXPLANATION, explanation.of(warm, row, shares, anomaly));
        }
        return anomaly;
    }

    @Override
    public Map<String, byte[]> changedState() {
        Map<String, byte[]> parts = new TreeMap<>();
        for (String key : changed) {
            parts.put(key, ForestCodec.write(asset(key), false));
        }
        changed.clear();
        return parts;
    }

    private AssetForest asset(String key) {
        return assets.computeIfAbsent(key, this::load);
    }

    private AssetForest load(String key) {
        byte[] saved = state.get(key);
        if (saved == null || saved.length == 0) {
            return trained(key);
        }
        AssetForest asset = fresh(key);
        ForestCodec.read(saved, asset, () -> trained(key));
        return asset;
    }

    /** The asset as training left it; a fresh one when training did not see it. */
    private AssetForest trained(String key) {
        AssetForest asset = fresh(key);
        byte[] bytes = model.assets().get(key);
        if (bytes != null) {
            ForestCodec.read(bytes, asset, () -> asset);
            asset.ownForest = false;
        }
        return asset;
    }

    private AssetForest fresh(String key) {
        return new AssetForest(
                model.options(),
                features.size(),
                ForestTrainer.seed(model.options().seed(), key));
    }

    /** The rows' time: the first timestamp that is neither a feature nor part of the asset's key. */
    private int timeColumn(RowBatch rows) {
        for (int c = 0; c < rows.schema().size(); c++) {
            if (rows.schema().column(c).type() == ColumnType.TIMESTAMP
                    && !by.contains(rows.schema().column(c).name())) {
                return c;
            }
        }
        return FeatureRows.column(rows, "(a timestamp)");
    }
}
