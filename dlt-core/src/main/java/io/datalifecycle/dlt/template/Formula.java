package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.row.ColumnType;
import java.util.List;

/**
 * Computed columns beside the columns of a store, row by row. Immutable.
 *
 * @param from the store it reads
 * @param time name of the time column
 * @param by columns that make a row unique together with the time
 * @param columns columns taken over as they are
 * @param computed the computed columns, in order
 */
public record Formula(Ref from, String time, List<String> by, List<String> columns, List<Computed> computed)
        implements Transform {

    public Formula {
        by = List.copyOf(by);
        columns = List.copyOf(columns);
        computed = List.copyOf(computed);
    }

    @Override
    public TransformKind kind() {
        return TransformKind.EXPRESSION;
    }

    @Override
    public List<Ref> sources() {
        return List.of(from);
    }

    /**
     * One computed column. Immutable.
     *
     * @param name name of the column
     * @param type type of its values
     * @param expression expression over the row's columns and {@code param.…}
     */
    public record Computed(String name, ColumnType type, String expression) {}
}
