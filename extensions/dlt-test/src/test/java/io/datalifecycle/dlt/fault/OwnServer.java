package io.datalifecycle.dlt.fault;

import io.datalifecycle.dlt.testdb.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The embedded server of this JVM: a process of the tests' own on this machine, that may be broken. Immutable.
 *
 * @param data its data directory
 * @param postmaster its first process
 */
record OwnServer(Path data, long postmaster) {

    /** Empty where the server is somebody else's, in a container or on another machine. */
    static Optional<OwnServer> of(TestDatabase database) {
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            Path data = Path.of(row.getString(1));
            Path pid = data.resolve("postmaster.pid");
            boolean embedded = data.getParent() != null
                    && data.getParent().getFileName().toString().startsWith("dlt-pg-")
                    && Files.isReadable(pid);
            return embedded
                    ? Optional.of(new OwnServer(
                            data, Long.parseLong(Files.readAllLines(pid).get(0).trim())))
                    : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty(); // no superuser: not ours
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills a server process: the server ends all others, throws its memory away and recovers from its log. */
    void crash(int backend) {
        ProcessHandle process = ProcessHandle.of(backend).orElseThrow();
        long parent = process.parent().map(ProcessHandle::pid).orElse(-1L);
        if (parent != postmaster) {
            throw new IllegalStateException("process " + backend + " is no process of the server " + data);
        }
        process.destroyForcibly();
    }

    /** Ends all sessions in the database as an administrator would. */
    static void terminateAll(TestDatabase database) throws SQLException {
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()");
        }
    }
}
