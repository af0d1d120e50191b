package io.datalifecycle.dlt.ml.input;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.RowBatch;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a batch as vectors of numbers and keys of assets. As thread-safe as the batch. */
public final class FeatureRows {

    private final RowBatch rows;
    private final int[] features;
    private final int[] by;

    /** Throws {@code MODEL_SIGNATURE} when a column is missing. */
    public FeatureRows(RowBatch rows, List<String> features, List<String> by) {
        this.rows = rows;
        this.features = features.stream().mapToInt(name -> column(rows, name)).toArray();
        this.by = by.stream().mapToInt(name -> column(rows, name)).toArray();
    }

    /** Position of a column that must be there. */
    public static int column(RowBatch rows, String name) {
        int index = rows.schema().indexOf(name);
        if (index < 0) {
            throw new DltException(
                    ProblemCode.MODEL_SIGNATURE, "the rows to be scored or learnt have no column " + name);
        }
        return index;
    }

    public int size() {
        return rows.size();
    }

    /** The features of a row; null when one of them is missing or not finite. */
    public double @Nullable [] vector(int row) {
        double[] vector = new double[features.length];
        for (int i = 0; i < features.length; i++) {
            double value = number(rows, row, features[i]);
            if (!Double.isFinite(value)) {
                return null;
            }
            vector[i] = value;
        }
        return vector;
    }

    /** The {@code by} values of a row as a JSON array; two rows have the same text exactly when they are of the same asset. */
    public String asset(int row) {
        StringBuilder key = new StringBuilder("[");
        for (int i = 0; i < by.length; i++) {
            if (i > 0) {
                key.append(',');
            }
            Object value = rows.value(row, by[i]);
            if (value == null) {
                key.append("null");
            } else {
                Json.quote(key, value.toString());
            }
        }
        return key.append(']').toString();
    }

    /** A cell as a number: booleans as 0 and 1, NaN for null and for what is no number. */
    public static double number(RowBatch rows, int row, int column) {
        if (rows.isNull(row, column)) {
            return Double.NaN;
        }
        return switch (rows.schema().column(column).type()) {
            case DOUBLE -> rows.doubleAt(row, column);
            case BIGINT, BOOLEAN -> rows.longAt(row, column);
            case DECIMAL -> ((BigDecimal) rows.objectAt(row, column)).doubleValue();
            default -> Double.NaN;
        };
    }
}
