package io.datalifecycle.dlt.storage.transfer;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ModelStore.Version;
import io.datalifecycle.dlt.spi.Transfer;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.model.ModelTable;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Copies by INSERT … SELECT, writes and reads by COPY. Thread-safe. */
public final class PostgresTransfer implements Transfer {

    private final Placements placements;
    private final ModelTable models;

    public PostgresTransfer(Placements placements, ModelTable models) {
        this.placements = placements;
        this.models = models;
    }

    @Override
    public void copy(WorkspaceContext from, WorkspaceContext to, Optional<Instant> asOf) {
        if (!from.placement().equals(to.placement())) {
            throw new IllegalArgumentException("copy: " + from.key() + " and " + to.key() + " are in two databases");
        }
        DataDatabase data = placements.of(from);
        data.database().onConnection("copy workspace " + from.key() + " to " + to.key(), connection -> {
            oneSnapshot(connection);
            new WorkspaceCopy(connection, data, from, to).run(asOf);
            return true;
        });
    }

    private static void oneSnapshot(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        }
    }

    @Override
    public List<Part> dump(WorkspaceContext workspace, Out out) {
        DataDatabase data = placements.of(workspace);
        return data.database()
                .onConnection(
                        "export workspace " + workspace.key(),
                        connection -> CsvDump.of(connection, data, workspace, out));
    }

    @Override
    public void load(WorkspaceContext workspace, List<Part> parts, In in) {
        DataDatabase data = placements.of(workspace);
        try {
            data.database().onConnection("import workspace " + workspace.key(), connection -> {
                new CsvLoad(connection, data, workspace, parts, in).run();
                return true;
            });
        } catch (DltException failure) {
            String state = SqlErrors.state(failure);
            boolean content =
                    failure.code() == ProblemCode.STORAGE_FAILED && (state.startsWith("22") || state.startsWith("23"));
            throw content
                    ? CsvLoad.invalid("a file holds values that its columns do not take (" + state + ")")
                    : failure;
        }
    }

    @Override
    public void restore(WorkspaceContext workspace, Version version, byte[] content) {
        models.restore(workspace, version, content);
    }
}
