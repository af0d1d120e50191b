package io.datalifecycle.dlt.ml.tribuo;

import io.datalifecycle.dlt.ml.input.FeatureRows;
import io.datalifecycle.dlt.ml.input.Json;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.Scorer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Predicts row by row; each row for itself. Not thread-safe. */
final class TribuoScorer implements Scorer {

    private static final int MOST_CLASSES_SHOWN = 20;

    private final Learnt learnt;
    private final List<String> features;
    private final RowSchema outputs;

    TribuoScorer(Learnt learnt, List<String> features) {
        this.learnt = learnt;
        this.features = List.copyOf(features);
        this.outputs = new RowSchema(
                learnt.algorithm().isClassification() ? TribuoTrainer.CLASSIFICATION : TribuoTrainer.REGRESSION);
    }

    @Override
    public RowBatch score(RowBatch rows, boolean learn) {
        FeatureRows input = new FeatureRows(rows, features, List.of());
        RowBatch.Builder out = RowBatch.builder(outputs, rows.size());
        for (int row = 0; row < rows.size(); row++) {
            double[] vector = input.vector(row);
            if (vector != null && learnt.algorithm().isClassification()) {
                classify(learnt.probabilities(vector), out);
            } else if (vector != null) {
                double number = learnt.number(vector);
                if (Double.isFinite(number)) {
                    out.setDouble(0, number);
                }
            }
            out.endRow(rows.position(row));
        }
        return out.build();
    }

    private void classify(double[] probabilities, RowBatch.Builder out) {
        int best = best(probabilities);
        out.setObject(0, learnt.labels().get(best));
        out.setDouble(1, probabilities[best]);
        List<Integer> order = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer c) -> -probabilities[c])
                        .thenComparing(c -> c))
                .limit(MOST_CLASSES_SHOWN)
                .toList();
        StringBuilder json = new StringBuilder("{");
        for (int c : order) {
            json.append(json.length() > 1 ? "," : "");
            Json.quote(json, learnt.labels().get(c));
            json.append(':').append(Json.number(probabilities[c]));
        }
        out.setObject(2, json.append('}').toString());
    }

    /** Position of the largest value, the first of equals. */
    static int best(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public Map<String, byte[]> changedState() {
        return Map.of();
    }
}
