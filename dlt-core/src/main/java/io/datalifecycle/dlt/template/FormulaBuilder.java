package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.row.ColumnType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Declares computed columns. Not thread-safe. */
public final class FormulaBuilder {

    private final Place place;
    private final String from;
    private final Map<String, Formula.Computed> computed = new LinkedHashMap<>();
    private @Nullable String defaultTime;
    private @Nullable String time;
    private @Nullable List<String> by;
    private @Nullable List<String> columns;

    FormulaBuilder(Place place, String from) {
        this.place = place;
        this.from = from;
    }

    /** Time column of the store. */
    public FormulaBuilder time(String value) {
        time = place.once("time", time, value);
        return this;
    }

    /** Columns that make a row unique together with the time. */
    public FormulaBuilder by(String... names) {
        by = place.once("by", by, List.of(names));
        return this;
    }

    /** Columns taken over as they are. */
    public FormulaBuilder columns(String... names) {
        columns = place.once("columns", columns, List.of(names));
        return this;
    }

    /** A computed number. */
    public FormulaBuilder computed(String name, String expression) {
        return computed(name, ColumnType.DOUBLE, expression);
    }

    /** A computed column of a type. */
    public FormulaBuilder computed(String name, ColumnType type, String expression) {
        Formula.Computed value = new Formula.Computed(name, type, expression);
        place.child("computed").once(name, computed.putIfAbsent(name, value), value);
        return this;
    }

    FormulaBuilder defaultTime(String column) {
        defaultTime = column;
        return this;
    }

    Formula build() {
        return new Formula(
                place.ref("from", from, null),
                place.need("time", time == null ? defaultTime : time, ""),
                by == null ? List.of() : by,
                columns == null ? List.of() : columns,
                List.copyOf(computed.values()));
    }
}
