package io.datalifecycle.dlt.ml.tribuo;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ModelFormat;
import io.datalifecycle.dlt.spi.Scorer;
import java.util.List;
import java.util.Map;

/** Reads models trained with Tribuo; they have no state. Thread-safe. */
public final class TribuoFormat implements ModelFormat {

    @Override
    public String name() {
        return Learnt.FORMAT;
    }

    @Override
    public Scorer load(byte[] content, List<String> features, List<String> by, Map<String, byte[]> state) {
        Learnt learnt = Learnt.read(content);
        int trained = learnt.inputs().mean().length;
        if (trained != features.size()) {
            throw new DltException(
                    ProblemCode.MODEL_SIGNATURE,
                    "the stored model has " + trained + " features, asked for are " + features
                            + "; train the model again");
        }
        return new TribuoScorer(learnt, features);
    }
}
