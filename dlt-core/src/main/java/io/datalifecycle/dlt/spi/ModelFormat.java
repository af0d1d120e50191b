package io.datalifecycle.dlt.spi;

import java.util.List;
import java.util.Map;

/** Reads models of one format. Thread-safe. Content is not trusted: whatever it names is checked before it is loaded. */
public interface ModelFormat {

    /** Name as in {@link ModelTrainer.TrainedModel#format}. */
    String name();

    /**
     * A scorer ready to go on where the state stopped. Throws {@link io.datalifecycle.dlt.problem.DltException} with
     * {@code MODEL_UNSAFE} for content that must not be loaded.
     *
     * @param features names of the input columns, in the model's order
     * @param by columns that name the asset
     * @param state parts given by {@link Scorer#changedState} before, all of them
     */
    Scorer load(byte[] content, List<String> features, List<String> by, Map<String, byte[]> state);
}
