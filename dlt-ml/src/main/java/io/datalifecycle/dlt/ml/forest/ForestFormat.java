package io.datalifecycle.dlt.ml.forest;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ModelFormat;
import io.datalifecycle.dlt.spi.Scorer;
import java.util.List;
import java.util.Map;

/** Reads forests. Thread-safe. */
public final class ForestFormat implements ModelFormat {

    @Override
    public String name() {
        return ForestModel.FORMAT;
    }

    @Override
    public Scorer load(byte[] content, List<String> features, List<String> by, Map<String, byte[]> state) {
        ForestModel model = ForestModel.read(content);
        if (model.features() != features.size()) {
            throw new DltException(
                    ProblemCode.MODEL_SIGNATURE,
                    "the stored forest has " + model.features() + " features, asked for are " + features
                            + "; train the model again");
        }
        return new ForestScorer(model, features, by, state);
    }
}
