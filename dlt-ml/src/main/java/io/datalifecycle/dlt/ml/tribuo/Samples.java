package io.datalifecycle.dlt.ml.tribuo;

import io.datalifecycle.dlt.ml.input.FeatureRows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.ModelTrainer.TrainingSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The rows that can be learnt from, in the order of time: all features and the target are there. Immutable by convention.
 *
 * @param inputs one vector per row
 * @param targets the numbers to predict; of a classification, positions in {@code labels}
 * @param labels names of the classes, sorted; empty for regression
 */
record Samples(List<double[]> inputs, double[] targets, List<String> labels) {

    static final int LEAST_ROWS = 20;
    static final int MOST_CLASSES = 200;

    static Samples of(TrainingSet set, Algorithm algorithm) {
        String target = set.target()
                .orElseThrow(() -> refused(set, "has no target; name the column to predict as the model's target"));
        int column = FeatureRows.column(set.rows(), target);
        FeatureRows rows = new FeatureRows(set.rows(), set.features(), set.by());
        List<double[]> inputs = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            double[] vector = rows.vector(row);
            boolean known = algorithm.isClassification()
                    ? !set.rows().isNull(row, column)
                    : Double.isFinite(FeatureRows.number(set.rows(), row, column));
            if (vector != null && known) {
                inputs.add(vector);
                kept.add(row);
            }
        }
        if (inputs.size() < LEAST_ROWS) {
            throw refused(
                    set,
                    "needs at least " + LEAST_ROWS + " rows with all features and a "
                            + (algorithm.isClassification() ? "" : "numeric ") + target + ", of " + rows.size()
                            + " there are " + inputs.size() + "; widen train.window");
        }
        return algorithm.isClassification()
                ? classes(set, inputs, kept, column)
                : new Samples(
                        inputs,
                        kept.stream()
                                .mapToDouble(row -> FeatureRows.number(set.rows(), row, column))
                                .toArray(),
                        List.of());
    }

    private static Samples classes(TrainingSet set, List<double[]> inputs, List<Integer> kept, int column) {
        List<String> names =
                kept.stream().map(row -> label(set.rows(), row, column)).toList();
        List<String> labels = List.copyOf(new TreeSet<>(names));
        if (labels.size() < 2 || labels.size() > MOST_CLASSES) {
            throw refused(
                    set,
                    "tells classes apart, the target has " + labels.size() + (labels.size() < 2 ? " " + labels : "")
                            + "; it takes from 2 to " + MOST_CLASSES + ": choose another target or window");
        }
        double[] targets =
                names.stream().mapToDouble(name -> labels.indexOf(name)).toArray();
        return new Samples(inputs, targets, labels);
    }

    private static String label(RowBatch rows, int row, int column) {
        Object value = java.util.Objects.requireNonNull(rows.value(row, column));
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        return value instanceof BigDecimal decimal
                ? decimal.stripTrailingZeros().toPlainString()
                : value.toString();
    }

    int size() {
        return inputs.size();
    }

    /** Rows from one to another; classes keep their positions. */
    Samples part(int from, int to) {
        return new Samples(inputs.subList(from, to), java.util.Arrays.copyOfRange(targets, from, to), labels);
    }

    private static DltException refused(TrainingSet set, String what) {
        return new DltException(ProblemCode.TRAINING_DATA, set.algorithm() + " " + what);
    }
}
