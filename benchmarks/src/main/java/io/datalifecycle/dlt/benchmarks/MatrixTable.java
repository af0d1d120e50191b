package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.PhysicalName;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** One table that all sides write to in turn, each time the next window of time. Not thread-safe. */
final class MatrixTable {

    private final BenchDatabase database;
    private final MatrixRows rows;
    private final boolean keyed;
    private final Workspace workspace;
    private final String table;
    private final String columns;
    private long window;
    private long repeated = -1;

    MatrixTable(BenchDatabase database, Dlt dlt, MatrixRows rows, boolean keyed) {
        this.database = database;
        this.rows = rows;
        this.keyed = keyed;
        Template template = MatrixRows.template(rows.columns(), keyed);
        dlt.templates().publish(template);
        this.workspace = dlt.workspaces().provision("matrix", template);
        this.table = "\"" + PhysicalName.table(SensorRows.STORE, workspace.id()) + "\"";
        this.columns = MatrixRows.columns(rows.columns());
    }

    MatrixRows rows() {
        return rows;
    }

    boolean keyed() {
        return keyed;
    }

    /** Makes the table that large, by the server itself, in the order of time; the windows go on behind. */
    void fill(int size) throws SQLException {
        int missing = (int) (size - database.count(table));
        if (missing > 0) {
            long seconds = missing / MatrixRows.ASSETS + 1;
            long start = MatrixRows.START + window * rows.span() + 86_400;
            partitions(start, seconds);
            StringBuilder values = new StringBuilder();
            for (int n = 0; n < rows.columns() - 4; n++) {
                values.append("(s * 31 + a * 7 + ").append(n).append(") % 100000 / 1000.0, ");
            }
            database.execute("INSERT INTO " + table + " (" + columns + ") SELECT to_timestamp(s), 'P-' || (100 + a), "
                    + values + "s % 1000, 'running' FROM generate_series(" + start + "::bigint, "
                    + (start + seconds - 1)
                    + ") AS s, generate_series(0, " + (MatrixRows.ASSETS - 1) + ") AS a");
            window = (start + seconds + 86_400 - MatrixRows.START) / rows.span() + 1;
        }
        database.execute("ANALYZE " + table);
        if (keyed) {
            copy(1);
            repeated = window - 1;
        }
    }

    /** A row an hour, written by DLT, makes the partitions that the other sides need. */
    private void partitions(long start, long seconds) {
        List<String> lines = new ArrayList<>();
        for (long at = start; at < start + seconds + 3_600; at += 3_600) {
            lines.add("{\"ts\":\"" + Instant.ofEpochSecond(at) + "\",\"asset_id\":\"none\"}\n");
        }
        workspace
                .datastore(SensorRows.STORE)
                .ingest(Rows.ndjson(new ByteArrayInputStream(
                        String.join("", lines).getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    /** Seconds that DLT takes for one window for each writer. */
    double ours(int writers, boolean repeat) throws Exception {
        List<Callable<Object>> work = new ArrayList<>();
        for (long at : windows(writers)) {
            byte[] text = rows.ndjson(at, repeat ? repeated : -1);
            work.add(() -> {
                IngestResult result =
                        workspace.datastore(SensorRows.STORE).ingest(Rows.ndjson(new ByteArrayInputStream(text)));
                int known = repeat ? rows.size() / 10 : 0;
                if (result.accepted() != rows.size() - known || result.duplicate() != known) {
                    throw new IllegalStateException(result.toString());
                }
                return result;
            });
        }
        return timed(work);
    }

    double copy(int writers) throws SQLException {
        List<Callable<Object>> work = new ArrayList<>();
        for (long at : windows(writers)) {
            List<byte[]> chunks = rows.copy(at);
            work.add(() -> copy(chunks));
        }
        return timed(work);
    }

    double jdbc(int writers) throws SQLException {
        List<Callable<Object>> work = new ArrayList<>();
        for (long at : windows(writers)) {
            work.add(() -> jdbc(at));
        }
        return timed(work);
    }

    private List<Long> windows(int writers) throws SQLException {
        List<Long> all = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            all.add(window++);
            partitions(rows.second(all.get(writer), 0), rows.span());
        }
        database.execute("CHECKPOINT");
        System.gc(); // so that one side does not collect what the other left
        return all;
    }

    private static double timed(List<Callable<Object>> work) throws SQLException {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            long start = System.nanoTime();
            for (Future<Object> each : threads.invokeAll(work)) {
                each.get();
            }
            return (System.nanoTime() - start) / 1e9;
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new SQLException("a side failed", e);
        } finally {
            threads.shutdown();
        }
    }

    private long copy(List<byte[]> chunks) throws SQLException {
        try (Connection connection = database.pool().getConnection()) {
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + table + " (" + columns + ") FROM STDIN (FORMAT binary)");
            for (byte[] chunk : chunks) {
                copy.writeToCopy(chunk, 0, chunk.length);
            }
            return copy.endCopy();
        }
    }

    /** Batches of 1,000 prepared inserts that the driver rewrites into inserts of many rows; each batch a transaction. */
    private long jdbc(long at) throws SQLException {
        String sql = "INSERT INTO " + table + " (" + columns + ") VALUES ("
                + String.join(", ", Collections.nCopies(rows.columns(), "?")) + ")"
                + (keyed ? " ON CONFLICT (ts, asset_id) DO NOTHING" : "");
        try (Connection connection = database.pool().getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            for (int i = 0; i < rows.size(); i++) {
                MatrixRows.Row row = rows.row(i);
                int c = 1;
                insert.setObject(
                        c++, OffsetDateTime.ofInstant(Instant.ofEpochSecond(rows.second(at, i)), ZoneOffset.UTC));
                insert.setString(c++, row.asset());
                for (double number : row.numbers()) {
                    insert.setDouble(c++, number);
                }
                insert.setLong(c++, row.cycles());
                insert.setString(c, row.state());
                insert.addBatch();
                if (i % 1_000 == 999 || i == rows.size() - 1) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
            connection.setAutoCommit(true);
            return rows.size();
        }
    }
}
