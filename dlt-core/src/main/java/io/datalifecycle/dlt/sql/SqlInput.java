package io.datalifecycle.dlt.sql;

/**
 * A use of an input, {@code :name}, within SQL. Immutable.
 *
 * @param name the name without the colon
 * @param offset where the colon stands in the SQL, from 0
 */
public record SqlInput(String name, int offset) {}
