package io.datalifecycle.dlt.lineage;

/**
 * One item feeds another. Immutable.
 *
 * @param from {@code kind:key} of what feeds
 * @param to {@code kind:key} of what is fed
 */
record Edge(String from, String to) {}
