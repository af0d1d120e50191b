package io.datalifecycle.dlt.ml.tribuo;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.ModelTrainer;
import io.datalifecycle.dlt.template.ModelKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.tribuo.Tribuo;

/**
 * Trains regression and classification. It learns from the first 80 % of the rows, measures itself on the last 20 %, then learns from
 * all of them. Thread-safe. The same rows, options and seed give a model with the same predictions.
 */
public final class TribuoTrainer implements ModelTrainer {

    static final List<Column> REGRESSION = List.of(Column.of("prediction", ColumnType.DOUBLE));
    static final List<Column> CLASSIFICATION = List.of(
            Column.of("prediction", ColumnType.TEXT),
            Column.of("probability", ColumnType.DOUBLE),
            Column.of("probabilities", ColumnType.JSON));

    /** Kept, for the JDK forgets the level of a logger that nobody holds. */
    private static final Logger LIBRARY_LOG = Logger.getLogger("org.tribuo");

    /** Unless the host has chosen a level itself, the library keeps its progress to itself. */
    public TribuoTrainer() {
        if (LIBRARY_LOG.getLevel() == null) {
            LIBRARY_LOG.setLevel(Level.WARNING);
        }
    }

    @Override
    public Set<String> algorithms() {
        return Arrays.stream(Algorithm.values()).map(Algorithm::label).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public ModelKind kind(String algorithm) {
        return Algorithm.of(algorithm).kind();
    }

    @Override
    public List<Column> outputs(String algorithm) {
        return Algorithm.of(algorithm).isClassification() ? CLASSIFICATION : REGRESSION;
    }

    @Override
    public TrainedModel train(TrainingSet set) {
        Algorithm algorithm = Algorithm.of(set.algorithm());
        Recipe recipe = Recipe.of(set, algorithm);
        Samples samples = Samples.of(set, algorithm);
        int cut = samples.size() * 4 / 5;
        Map<String, Double> metrics = new LinkedHashMap<>();
        Samples first = samples.part(0, cut);
        if (Arrays.stream(first.targets()).distinct().limit(2).count() == 2 || !algorithm.isClassification()) {
            metrics.putAll(Quality.of(Learnt.learn(algorithm, recipe, first), samples.part(cut, samples.size())));
        }
        metrics.put("rows", (double) samples.size());
        Learnt learnt = Learnt.learn(algorithm, recipe, samples);
        Map<String, String> provenance =
                Map.of("library", "tribuo " + Tribuo.VERSION, "recipe", recipe.toString(), "held_back", "last 20 %");
        return new TrainedModel(Learnt.FORMAT, learnt.write(), metrics, provenance);
    }
}
