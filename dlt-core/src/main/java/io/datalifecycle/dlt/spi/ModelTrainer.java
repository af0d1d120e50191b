package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.template.ModelKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Trains models of certain algorithms. Thread-safe. The same set, options and seed give the same model. */
public interface ModelTrainer {

    /** Names of the algorithms, as templates write them. */
    Set<String> algorithms();

    /** What an algorithm does. */
    ModelKind kind(String algorithm);

    /** Names of the columns its scorers give: {@code score}, {@code is_anomaly}, {@code explanation}, {@code prediction}, … */
    List<io.datalifecycle.dlt.row.Column> outputs(String algorithm);

    /** Throws {@link io.datalifecycle.dlt.problem.DltException} with {@code TRAINING_DATA} when the set cannot be learnt from, saying what is missing. */
    TrainedModel train(TrainingSet set);

    /**
     * What to learn from. Immutable.
     *
     * @param algorithm one of {@link #algorithms}
     * @param rows ordered by time: the time column, the {@code by} columns, the features, the target
     * @param time name of the time column
     * @param by columns that name the asset
     * @param features numeric input columns
     * @param target column to predict
     * @param options hyperparameters of the template
     * @param seed for everything random
     */
    record TrainingSet(
            String algorithm,
            RowBatch rows,
            String time,
            List<String> by,
            List<String> features,
            Optional<String> target,
            Map<String, Object> options,
            long seed) {
        public TrainingSet {
            by = List.copyOf(by);
            features = List.copyOf(features);
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }
    }

    /**
     * A trained model as bytes. Immutable by convention: do not change the array.
     *
     * @param format name of the {@link ModelFormat} that reads it
     * @param content the model; never Java serialization
     * @param metrics how good it is on data held back: {@code rmse}, {@code accuracy}, {@code f1}, {@code rows}, …
     * @param provenance what only the trainer knows: {@code library} with its version, options that were derived
     */
    record TrainedModel(String format, byte[] content, Map<String, Double> metrics, Map<String, String> provenance) {
        public TrainedModel {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
            provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
        }
    }
}
