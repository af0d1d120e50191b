package io.datalifecycle.dlt.view;

import io.datalifecycle.dlt.row.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table with its rows. Immutable.
 *
 * @param columns headings with types and units
 * @param rows cells in column order, of the Java type of their column, null for none
 * @param links one per row, or empty when rows lead nowhere
 * @param truncated whether there are more rows than are here
 */
public record TableView(List<Column> columns, List<List<@Nullable Object>> rows, List<Link> links, boolean truncated) {

    public TableView {
        columns = List.copyOf(columns);
        List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
        rows.forEach(row -> copy.add(Collections.unmodifiableList(new ArrayList<>(row))));
        rows = Collections.unmodifiableList(copy);
        links = List.copyOf(links);
    }
}
