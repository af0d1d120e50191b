package io.datalifecycle.dlt.testdb;

/** What a test database is: PostgreSQL alone, or with TimescaleDB in it. */
public enum Backend {
    /** PostgreSQL without extensions. */
    PLAIN,
    /** PostgreSQL with the extension {@code timescaledb} created. */
    TIMESCALE
}
