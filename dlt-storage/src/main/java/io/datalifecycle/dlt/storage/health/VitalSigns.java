package io.datalifecycle.dlt.storage.health;

import io.datalifecycle.dlt.spi.Vitals;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The questions as SQL, each a transaction that ends itself after two seconds. Thread-safe. */
public final class VitalSigns implements Vitals {

    private static final Duration DAY = Duration.ofDays(1);

    private final Database app;
    private final Placements placements;
    private final Pulse pulse;

    public VitalSigns(Database app, Placements placements, Pulse pulse) {
        this.app = app;
        this.placements = placements;
        this.pulse = pulse;
    }

    @Override
    public void askApp() {
        app.ping();
    }

    @Override
    public void askData(WorkspaceContext workspace) {
        placements.of(workspace).database().ping();
    }

    private static <T> T soon(Database database, String what, Database.ConnectionWork<T> work) {
        return database.onConnection(what, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL statement_timeout = '2s'");
                statement.execute("SET LOCAL lock_timeout = '1s'");
            }
            return work.run(connection);
        });
    }

    private <T> T soon(WorkspaceContext workspace, String what, Database.ConnectionWork<T> work) {
        return soon(placements.of(workspace).database(), what + " of workspace " + workspace.key(), work);
    }

    private TimeTable table(WorkspaceContext workspace, Store store) {
        return TimeTable.of(workspace, placements.of(workspace).schema(), store);
    }

    /** The last chunks first: a table without a natural key has no index that gives the newest row of all. */
    @Override
    public Optional<Instant> newest(WorkspaceContext workspace, Store store, Instant now) {
        TimeTable table = table(workspace, store);
        String time = Identifier.quote(table.time());
        String all = "SELECT max(" + time + ") FROM " + table.quoted();
        Instant recently = now.minus(table.chunk().multipliedBy(2));
        return soon(workspace, "newest row of " + store.key(), connection -> {
            OffsetDateTime found = instant(connection, all + " WHERE " + time + " >= ?", recently);
            OffsetDateTime newest =
                    found == null ? instant(connection, all + " WHERE " + time + " < ?", recently) : found;
            return Optional.ofNullable(newest).map(OffsetDateTime::toInstant);
        });
    }

    private static @Nullable OffsetDateTime instant(Connection connection, String sql, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, at.atOffset(ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getObject(1, OffsetDateTime.class) : null;
            }
        }
    }

    @Override
    public Map<Ref, Instant> beats(WorkspaceContext workspace) {
        String sql = "SELECT item, at FROM dlt_data.pulse WHERE workspace = ? ORDER BY item";
        return soon(workspace, "last writes", connection -> {
            Map<Ref, Instant> beats = new LinkedHashMap<>();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, workspace.id().value());
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        Instant at = row.getObject(2, OffsetDateTime.class).toInstant();
                        Ref.parse(row.getString(1)).ifPresent(store -> beats.put(store, at));
                    }
                }
            }
            return beats;
        });
    }

    @Override
    public void beat(WorkspaceContext workspace, Ref store, Instant at) {
        workspace
                .template()
                .store(store)
                .ifPresent(known ->
                        pulse.beat(workspace, store, table(workspace, known).quoted(), at));
    }

    @Override
    public long quarantined(WorkspaceContext workspace, Datastore store) {
        String sql = "SELECT count(*) FROM "
                + Identifier.qualified(
                        placements.of(workspace).schema(), PhysicalName.quarantine(store.key(), workspace.id()));
        return soon(workspace, "quarantine of " + store.key(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Override
    public OptionalInt chunksAhead(WorkspaceContext workspace, Store store, Instant now) {
        DataDatabase data = placements.of(workspace);
        return soon(
                workspace,
                "partitions of " + store.key(),
                connection -> data.dialect().ahead(connection, table(workspace, store), now));
    }

    @Override
    public Backlog backlog(WorkspaceId workspace, Instant now) {
        String sql =
                "SELECT count(*) FILTER (WHERE state = 'WAITING'), min(created_at) FILTER (WHERE state = 'WAITING'), "
                        + "count(*) FILTER (WHERE state = 'DEAD' AND created_at > ?) FROM dlt.outbox WHERE workspace = ?";
        return soon(app, "messages of workspace " + workspace, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, now.minus(DAY).atOffset(ZoneOffset.UTC));
                statement.setLong(2, workspace.value());
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    OffsetDateTime oldest = row.getObject(2, OffsetDateTime.class);
                    return new Backlog(
                            row.getLong(1), Optional.ofNullable(oldest).map(OffsetDateTime::toInstant), row.getLong(3));
                }
            }
        });
    }
}
