package io.datalifecycle.dlt.ml.forest;

import io.datalifecycle.dlt.ml.input.FeatureRows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.ModelTrainer;
import io.datalifecycle.dlt.template.ModelKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Trains {@code random-cut-forest}: one forest per asset, learnt from its rows in the order of time. Thread-safe. With a target (a
 * column that says which rows are anomalies) it also measures itself.
 */
public final class ForestTrainer implements ModelTrainer {

    /** Name of the algorithm. */
    public static final String ALGORITHM = "random-cut-forest";

    static final List<Column> OUTPUTS = List.of(
            Column.of("score", ColumnType.DOUBLE),
            Column.of("is_anomaly", ColumnType.BOOLEAN),
            Column.of("explanation", ColumnType.JSON));

    @Override
    public Set<String> algorithms() {
        return Set.of(ALGORITHM);
    }

    @Override
    public ModelKind kind(String algorithm) {
        return ModelKind.ANOMALY;
    }

    @Override
    public List<Column> outputs(String algorithm) {
        return OUTPUTS;
    }

    @Override
    public TrainedModel train(TrainingSet set) {
        ForestOptions options = ForestOptions.of(set.algorithm(), set.options(), set.seed());
        FeatureRows input = new FeatureRows(set.rows(), set.features(), set.by());
        int time = FeatureRows.column(set.rows(), set.time());
        Map<String, List<Integer>> rowsByAsset = new TreeMap<>();
        for (int row = 0; row < input.size(); row++) {
            if (input.vector(row) != null) {
                rowsByAsset
                        .computeIfAbsent(input.asset(row), k -> new ArrayList<>())
                        .add(row);
            }
        }
        requireEnough(set, options, rowsByAsset);
        Map<String, byte[]> assets = new TreeMap<>();
        Measured measured = new Measured(set);
        rowsByAsset.forEach((key, rows) -> {
            AssetForest asset = new AssetForest(options, set.features().size(), seed(set.seed(), key));
            List<double[]> vectors = new ArrayList<>(rows.size());
            rows.forEach(row -> vectors.add(Objects.requireNonNull(input.vector(row))));
            if (vectors.size() < options.warmUp()) {
                asset.waiting = vectors;
            } else {
                measured.add(rows, asset.learnAll(vectors), Objects.requireNonNull(asset.warm).threshold);
            }
            asset.learntUpTo = set.rows().longAt(rows.get(rows.size() - 1), time);
            assets.put(key, ForestCodec.write(asset, true));
        });
        byte[] content = new ForestModel(options, set.features().size(), assets).write();
        return new TrainedModel(
                ForestModel.FORMAT, content, measured.metrics(assets.size()), Map.of("library", Libraries.forest()));
    }

    /** A seed of its own for each asset, so that adding one does not change the others. */
    static long seed(long seed, String asset) {
        return seed * 1_000_003L + asset.hashCode();
    }

    private static void requireEnough(TrainingSet set, ForestOptions options, Map<String, List<Integer>> rowsByAsset) {
        int most = rowsByAsset.values().stream().mapToInt(List::size).max().orElse(0);
        if (most < options.warmUp()) {
            String best = new LinkedHashMap<>(rowsByAsset)
                    .entrySet().stream()
                            .filter(e -> e.getValue().size() == most)
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElse("none");
            throw new DltException(
                    ProblemCode.TRAINING_DATA,
                    set.algorithm() + ": of " + set.rows().size() + " rows no asset has the " + options.warmUp()
                            + " complete ones that are needed; " + best + " has most, " + most
                            + ": widen train.window, wait for more data, or lower options.warm_up");
        }
    }
}
