package io.datalifecycle.dlt.storage;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.RowSink.Write;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** An opened storage on a database of its own, with short ways to write, read and look. */
public final class TestStorage implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** The years 1 to 9999. */
    public static final TimeRange ALL =
            TimeRange.of(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("+10000-01-01T00:00:00Z"));

    public final TestDatabase database;
    public final PostgresStorage storage;

    public TestStorage(Backend backend) {
        database = TestDatabase.create(backend);
        storage = PostgresStorage.builder()
                .appDatabase(database.dataSource())
                .clock(InstantSource.fixed(NOW))
                .build();
        storage.open();
    }

    /** A workspace of the template, provisioned. A template that needs PostgreSQL 15 skips the test on 14. */
    public WorkspaceContext provision(Template template, long id, ZoneId zone) {
        WorkspaceContext workspace = context(template, id, zone);
        try {
            storage.provisioner().provision(workspace);
        } catch (DltException refused) {
            if (String.valueOf(refused.getMessage()).contains("PostgreSQL 14 keeps no such key unique")) {
                throw new TestAbortedException(refused.getMessage(), refused);
            }
            throw refused;
        }
        return workspace;
    }

    public static WorkspaceContext context(Template template, long id, ZoneId zone) {
        return new WorkspaceContext(
                new WorkspaceId(id),
                "w" + id,
                new TemplateId(template.key(), template.version(), "0".repeat(64)),
                template,
                Map.of(),
                zone,
                "main");
    }

    /** A batch of rows, each a list of values in the order of the store's columns. */
    public static RowBatch batch(WorkspaceContext workspace, Store store, List<? extends List<?>> rows) {
        RowSchema schema = StoreColumns.of(workspace.template(), store);
        RowBatch.Builder builder = RowBatch.builder(schema, rows.size());
        long line = 0;
        for (List<?> row : rows) {
            for (int c = 0; c < row.size(); c++) {
                builder.set(c, row.get(c));
            }
            builder.endRow(++line);
        }
        return builder.build();
    }

    /** A row; a null is a null. */
    public static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    public static Write write(WorkspaceContext workspace, Store store, List<? extends List<?>> rows) {
        return write(workspace, store, rows, null, null);
    }

    public static Write write(
            WorkspaceContext workspace,
            Store store,
            List<? extends List<?>> rows,
            @Nullable String batchId,
            @Nullable Checkpoint checkpoint) {
        return new Write(
                workspace,
                store,
                batch(workspace, store, rows),
                List.of(),
                true,
                "test",
                Optional.ofNullable(batchId),
                Optional.ofNullable(checkpoint));
    }

    /** All rows of a store, in the order of the reader. */
    public List<List<@Nullable Object>> rows(WorkspaceContext workspace, Store store) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        storage.reader().scan(workspace, new StoreReader.Scan(store, List.of(), ALL, 100, 1_000_000), batch -> {
            for (int r = 0; r < batch.size(); r++) {
                all.add(new ArrayList<>(batch.row(r).values()));
            }
        });
        return all;
    }

    /** The first column of a query, as text. */
    public List<String> texts(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** All cells of a query, as the driver gives them. */
    public List<List<@Nullable Object>> table(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<List<@Nullable Object>> table = new ArrayList<>();
            while (row.next()) {
                List<@Nullable Object> cells = new ArrayList<>();
                for (int c = 1; c <= row.getMetaData().getColumnCount(); c++) {
                    cells.add(row.getObject(c));
                }
                table.add(cells);
            }
            return table;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Does work while another session holds a table, so that whoever reads it waits. */
    public static void blocking(TestDatabase database, String table, Runnable work) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            work.run();
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(table, e);
        }
    }

    public void execute(String... statements) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }

    @Override
    public void close() {
        storage.close();
        database.close();
    }
}
