package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.expression.Expression;
import io.datalifecycle.dlt.expression.ExpressionException;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.template.Formula;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes the columns of a formula for batches of its source. Each expression is compiled once and given only the values it asks for. A value
 * that cannot be computed, or is not of its column's type, is none; how many those were is told. Not thread-safe.
 */
final class FormulaRows {

    private static final String ROW = "row.";
    private static final String PARAM = "param.";

    private final RowSchema schema;
    private final int[] taken;
    private final List<Computation> computations = new ArrayList<>();
    private long failed;

    /**
     * @param source columns that batches have
     * @param target columns of the result
     * @param parameters values of {@code param.…}
     */
    FormulaRows(Formula formula, RowSchema source, RowSchema target, Map<String, Object> parameters) {
        this.schema = target;
        this.taken = new int[target.size()];
        Map<String, Formula.Computed> computed = new HashMap<>();
        formula.computed().forEach(c -> computed.put(c.name(), c));
        for (int i = 0; i < target.size(); i++) {
            Column column = target.column(i);
            Formula.Computed of = computed.get(column.name());
            taken[i] = of == null ? source.indexOf(column.name()) : -1;
            if (of != null) {
                computations.add(new Computation(i, column.type(), of.expression(), source, parameters));
            }
        }
    }

    /** The result's rows, one per row of the source. */
    RowBatch compute(RowBatch rows) {
        RowBatch.Builder out = RowBatch.builder(schema, Math.max(16, rows.size() + 1));
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < taken.length; i++) {
                if (taken[i] >= 0 && !rows.isNull(row, taken[i])) {
                    out.set(i, rows.value(row, taken[i]));
                }
            }
            for (Computation computation : computations) {
                Object value = computation.of(rows, row);
                if (value != null) {
                    out.set(computation.target, value);
                }
            }
            out.endRow(rows.position(row));
        }
        return out.build();
    }

    /** Values that could not be computed so far. */
    long failed() {
        return failed;
    }

    /** One computed column. */
    private final class Computation {

        private final int target;
        private final ColumnType type;
        private final Expression expression;
        private final List<String> names = new ArrayList<>();
        private final List<Integer> columns = new ArrayList<>();
        private final Map<String, @Nullable Object> values = new HashMap<>();

        Computation(int target, ColumnType type, String text, RowSchema source, Map<String, Object> parameters) {
            this.target = target;
            this.type = type;
            this.expression = Expression.parse(text);
            for (String name : expression.variables()) {
                if (name.startsWith(PARAM)) {
                    values.put(name, parameters.get(name.substring(PARAM.length())));
                } else {
                    names.add(name);
                    columns.add(source.indexOf(name.startsWith(ROW) ? name.substring(ROW.length()) : name));
                }
            }
        }

        @Nullable
        Object of(RowBatch rows, int row) {
            for (int i = 0; i < names.size(); i++) {
                int column = columns.get(i);
                values.put(names.get(i), rows.isNull(row, column) ? null : rows.value(row, column));
            }
            try {
                Object value = expression.evaluate(values);
                Object typed = value == null ? null : typed(value);
                if (value != null && typed == null) {
                    failed++;
                }
                return typed;
            } catch (ExpressionException e) {
                failed++;
                return null;
            }
        }

        private @Nullable Object typed(Object value) {
            return switch (type) {
                case DOUBLE ->
                    value instanceof Number number && Double.isFinite(number.doubleValue())
                            ? (Object) number.doubleValue()
                            : null;
                case BIGINT -> value instanceof Number number ? whole(number) : null;
                case DECIMAL ->
                    value instanceof Number number && Double.isFinite(number.doubleValue())
                            ? new BigDecimal(number.toString())
                            : null;
                case TEXT -> value instanceof String ? value : null;
                case BOOLEAN -> value instanceof Boolean ? value : null;
                case TIMESTAMP -> value instanceof Instant ? value : null;
                case DATE -> value instanceof LocalDate ? value : null;
                case TIME, UUID, JSON -> null;
            };
        }

        private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
        private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

        private @Nullable Object whole(Number number) {
            if (!Double.isFinite(number.doubleValue())) {
                return null;
            }
            BigDecimal exact = new BigDecimal(number.toString());
            if (exact.stripTrailingZeros().scale() > 0 || exact.precision() - exact.scale() > 20) {
                return null;
            }
            BigInteger whole = exact.toBigInteger();
            return whole.compareTo(LEAST) < 0 || whole.compareTo(MOST) > 0 ? null : (Object) whole.longValue();
        }
    }
}
