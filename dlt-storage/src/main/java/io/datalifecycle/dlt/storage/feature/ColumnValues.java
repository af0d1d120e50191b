package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.RollupFilter;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Values of a source's columns in SQL, behind the alias {@code s}. What is not finite is no value: datastores refuse it, so only columns that
 * were computed are looked at. Literals of a template are part of its text like its column names, and are quoted in the same place.
 *
 * @param columns the source's columns, hidden ones too
 * @param computed whether its numbers were computed and may be anything
 */
record ColumnValues(RowSchema columns, boolean computed) {

    /** Bounds of a double, as PostgreSQL reads them. */
    static final String MOST = "'1.7976931348623157e308'::double precision";

    /** A column, null where it is not finite or the filter does not hold. */
    String value(String name, Optional<String> where) {
        String raw = "s." + Identifier.quote(name);
        String finite = computed && type(name) == ColumnType.DOUBLE ? raw + " BETWEEN -" + MOST + " AND " + MOST : "";
        String holds = where.map(this::condition).orElse("");
        if (finite.isEmpty() && holds.isEmpty()) {
            return raw;
        }
        return "(CASE WHEN " + finite + (finite.isEmpty() || holds.isEmpty() ? "" : " AND ") + holds + " THEN " + raw
                + " END)";
    }

    ColumnType type(String name) {
        return columns.find(name)
                .map(Column::type)
                .orElseThrow(() -> new IllegalArgumentException("rollup: the source has no column " + name));
    }

    /** The comparisons of a filter, joined by AND. */
    String condition(String where) {
        return RollupFilter.parse(where)
                .orElseThrow(() -> new IllegalArgumentException("where: cannot be read: " + where))
                .comparisons()
                .stream()
                .map(this::comparison)
                .collect(Collectors.joining(" AND "));
    }

    /** A text is compared as a value of the column's type, numbers as PostgreSQL compares numbers. */
    private String comparison(RollupFilter.Comparison comparison) {
        return "s." + Identifier.quote(comparison.column()) + " "
                + comparison.operator().sql() + " " + literal(comparison.literal(), type(comparison.column()));
    }

    static String literal(Object literal, ColumnType type) {
        String text = literal instanceof BigDecimal number ? number.toPlainString() : literal.toString();
        return Identifier.literal(text) + "::" + (type.isNumeric() ? "numeric" : StoreTables.sqlType(type));
    }
}
