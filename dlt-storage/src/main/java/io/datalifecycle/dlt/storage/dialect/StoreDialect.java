package io.datalifecycle.dlt.storage.dialect;

import io.datalifecycle.dlt.time.TimeRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Cuts tables into spans of time and drops old ones. Thread-safe; works within the caller's transaction. */
public interface StoreDialect {

    /** The statements that make a table which takes rows, separated by semicolons. The columns are its definitions in SQL. */
    String ddl(Capabilities can, TimeTable table, String columns);

    /**
     * Makes a hypertable of a partitioned table: a new table takes its place and its rows, under one lock that readers and writers wait
     * for. Indexes and grants are the caller's to make again.
     *
     * @param columns definitions in SQL
     * @param names the columns' names
     * @return rows that were moved; empty where it is no partitioned table
     */
    OptionalLong convert(Connection connection, TimeTable table, String columns, List<String> names)
            throws SQLException;

    /** Gives a table another name, with all that hangs on its name. */
    void rename(Connection connection, TimeTable table, String name) throws SQLException;

    /**
     * Cuts a table into spans of another length: that of new chunks, or, where spans cannot differ, of all, with rows moved under one lock.
     *
     * @param table with the later length
     * @return whether another table took its place, so that indexes and grants are the caller's to make again
     */
    boolean rechunk(Connection connection, TimeTable table) throws SQLException;

    /** Makes room for rows of these instants, in microseconds since the epoch, before they are written. */
    void ensure(Connection connection, TimeTable table, long[] micros) throws SQLException;

    /** Makes room for rows of a span, before they are written. */
    void ensure(Connection connection, TimeTable table, TimeRange span) throws SQLException;

    /** Whether spans end at or before an instant. */
    boolean hasBefore(Connection connection, TimeTable table, Instant instant) throws SQLException;

    /** Drops the spans that end at or before an instant. */
    Dropped dropBefore(Connection connection, TimeTable table, Instant instant) throws SQLException;

    /** Number of spans behind that of an instant which are made already; empty where they make themselves. */
    OptionalInt ahead(Connection connection, TimeTable table, Instant now) throws SQLException;

    /** Forgets what it remembers of a table, after it was dropped or a write found it wrong. */
    void forget(TimeTable table);
}
