package io.datalifecycle.dlt.row.internal;

import org.jspecify.annotations.Nullable;

/**
 * What every reader of rows needs to know. Immutable.
 *
 * @param rules of the store
 * @param constants set in rows that lack them; null for none
 * @param window accepted times
 * @param expectedRows rows in a block
 * @param mapping makes rows of records; null when records are rows
 */
public record Setup(
        RowRules rules,
        @Nullable Constants constants,
        Window window,
        int expectedRows,
        @Nullable RecordMapping mapping) {

    /** Records are rows. */
    public Setup(RowRules rules, @Nullable Constants constants, Window window, int expectedRows) {
        this(rules, constants, window, expectedRows, null);
    }
}
