package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.row.ColumnType;
import java.util.Map;
import java.util.Set;

/** Which column types hold all values of which others. */
final class Conversions {

    private static final Map<ColumnType, Set<ColumnType>> WIDER = Map.of(
            ColumnType.BIGINT, Set.of(ColumnType.DECIMAL, ColumnType.DOUBLE),
            ColumnType.DOUBLE, Set.of(ColumnType.DECIMAL),
            ColumnType.DATE, Set.of(ColumnType.TIMESTAMP, ColumnType.TEXT),
            ColumnType.UUID, Set.of(ColumnType.TEXT),
            ColumnType.BOOLEAN, Set.of(ColumnType.TEXT));

    private Conversions() {}

    /** Whether every value of one type, or nearly so, is a value of the other. */
    static boolean widens(ColumnType from, ColumnType to) {
        return WIDER.getOrDefault(from, Set.of()).contains(to);
    }

    /** Whether the way back is there, for values that fit. */
    static boolean narrows(ColumnType from, ColumnType to) {
        return widens(to, from);
    }
}
