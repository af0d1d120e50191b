package io.datalifecycle.dlt.storage.erasure;

import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.spi.Erasures;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.plan.Removal;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.workspace.Erasure;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/**
 * Erases workspaces. First the doors are shut: a line in {@code dlt_data.gone}, and a moment alone with the lock that all writers share, after
 * which nobody writes who did not see that line. Then the data goes in one transaction, its counts noted in the app database before it
 * commits, then what the app database holds. Thread-safe.
 */
public final class WorkspaceEraser implements Erasures {

    /** A writer and we may stand in each other's way; one of us is ended by the database, and we come again. */
    private static final int MOST_TRIES = 5;

    private final Database app;
    private final Placements placements;
    private final Removal removal;
    private final ErasureTable records;

    public WorkspaceEraser(Database app, Placements placements, Removal removal, InstantSource clock) {
        this.app = app;
        this.placements = placements;
        this.removal = removal;
        this.records = new ErasureTable(app, clock);
    }

    @Override
    public Erasure erase(WorkspaceContext workspace) {
        DataDatabase data = placements.of(workspace);
        String what = "erase workspace " + workspace.key();
        leave(data.database(), what, workspace.id());
        app.onConnection(what, connection -> alone(connection, "dlt alive ", workspace.id()));
        for (int tries = 1; ; tries++) {
            try {
                data.database().onConnection(what, connection -> {
                    records.begin(workspace, removal.look(connection, data, workspace));
                    removal.drop(connection, data, workspace);
                    return true;
                });
                break;
            } catch (StoreUnavailableException inTheWay) {
                if (tries == MOST_TRIES || !inTheWay.isRetryable()) {
                    throw inTheWay;
                }
            }
        }
        return records.finish(workspace);
    }

    /** Notes in a data database that a workspace is there no longer, and waits for those who write for it. */
    static void leave(Database data, String what, WorkspaceId id) {
        data.onConnection(what, connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO dlt_data.gone VALUES (?) ON CONFLICT DO NOTHING")) {
                statement.setLong(1, id.value());
                return statement.executeUpdate();
            }
        });
        data.onConnection(what, connection -> alone(connection, "dlt alive here ", id));
    }

    /** In a transaction of its own that holds nothing else, so that no circle of waiting can come of it. */
    private static boolean alone(Connection connection, String lock, WorkspaceId id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            statement.setString(1, lock + id.value());
            return statement.execute();
        }
    }

    @Override
    public List<Erasure> list() {
        return records.list();
    }
}
