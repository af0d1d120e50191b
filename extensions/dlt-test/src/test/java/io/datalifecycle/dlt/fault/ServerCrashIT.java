package io.datalifecycle.dlt.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** The server ends the session, or crashes and recovers, at a random step of an ingest; the host sends again. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class ServerCrashIT {

    private static final int ROWS = 4_000;
    private static final int FILES = 10;

    @TempDir
    Path directory;

    /** What befalls the session that is at work. */
    private interface Fate {
        void strike(TestDatabase database, int backend) throws SQLException;
    }

    @Test
    void sessionsThatTheServerEndsLoseNothingAndDoubleNothing() throws Exception {
        strikes(5 * FaultSuiteIT.ROUNDS, (database, backend) -> OwnServer.terminateAll(database));
    }

    @Test
    void aServerThatCrashesAndRecoversLosesNothingAndDoublesNothing() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            assumeTrue(OwnServer.of(database).isPresent(), "the server is not of this test's own: it is not crashed");
        }
        strikes(
                FaultSuiteIT.ROUNDS,
                (database, backend) -> OwnServer.of(database).orElseThrow().crash(backend));
    }

    private void strikes(int rounds, Fate fate) throws Exception {
        SplittableRandom random = new SplittableRandom(FaultSuiteIT.SEED);
        try (TestDatabase database = TestDatabase.create()) {
            Armed armed = new Armed(database, fate);
            try (Dlt dlt = Plant.open(Steps.of(database.dataSource(), armed))) {
                dlt.templates().publish(Plant.TEMPLATE);
                for (int stream = 0; armed.strikes < rounds; stream++) {
                    Feed feed = new Feed(FaultSuiteIT.SEED + stream, ROWS, FILES);
                    Path files = Files.createDirectory(directory.resolve("stream-" + stream));
                    feed.write(files);
                    Workspace workspace = dlt.workspaces().provision("plant-" + stream, Plant.TEMPLATE);
                    Sender sender = new Sender(workspace, files);
                    for (int file = 0; file < FILES; file++) {
                        armed.left = armed.strikes < rounds ? 1 + random.nextInt(30) : 0;
                        sender.send(file);
                    }
                    armed.left = 0;
                    assertThat(sender.failures()).as("strikes that were felt").isPositive();
                    new Account(database, workspace, feed).check();
                }
            }
        }
    }

    /** Strikes at a step. */
    private static final class Armed implements Steps.Breaker {

        private final TestDatabase database;
        private final Fate fate;
        private volatile int left;
        private volatile int strikes;

        Armed(TestDatabase database, Fate fate) {
            this.database = database;
            this.fate = fate;
        }

        @Override
        public synchronized void at(int step, String what, Connection connection) {
            if (left == 0 || --left > 0) {
                return;
            }
            strikes++;
            try {
                fate.strike(database, connection.unwrap(PGConnection.class).getBackendPID());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
