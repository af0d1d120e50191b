package io.datalifecycle.dlt.row.internal;

import org.jspecify.annotations.Nullable;

/**
 * What every reader of rows needs to know. Immutable.
 *
 * @param rules of the store
 * @param constants set in rows that lack them; null for none
 * @param window accepted times
 * @param expectedRows rows in a block
 */
public record Setup(RowRules rules, @Nullable Constants constants, Window window, int expectedRows) {}
