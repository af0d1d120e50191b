package io.datalifecycle.dlt.template;

/**
 * One computed column of a roll-up. Immutable.
 *
 * @param name name of the column
 * @param aggregate how it is computed
 */
public record RollupColumn(String name, Aggregate aggregate) {}
