package io.datalifecycle.dlt.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.PhysicalName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The database gives up in the middle: what is stored is whole batches, the exception says whether to try again, and trying again ends it. */
final class TroubleIT {

    private static final Instant T0 = Instant.parse("2026-01-05T00:00:00Z");
    private static final int ROWS = 1_000;

    private static List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int n = 0; n < ROWS; n++) {
            rows.add(Map.of("ts", T0.plusSeconds(n), "asset_id", "P-" + n % 7, "n", n));
        }
        return rows;
    }

    private static IngestResult ingest(Workspace workspace) {
        return workspace
                .datastore(Plant.PLAIN)
                .ingest(
                        Rows.of(rows()),
                        IngestOptions.builder().batchId("all").batchRows(100).build());
    }

    private static void run(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Raises the error of that state when the row comes. */
    private static String trigger(Workspace workspace, int row, String state) {
        String table = PhysicalName.table(Plant.PLAIN, workspace.id());
        return "CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.n = " + row
                + " THEN RAISE EXCEPTION 'on purpose' USING ERRCODE = '" + state + "'; END IF; RETURN NEW; END $$;"
                + " CREATE TRIGGER trouble BEFORE INSERT ON \"" + table + "\" FOR EACH ROW EXECUTE FUNCTION trouble()";
    }

    private static void heal(TestDatabase database) throws SQLException {
        run(database, "DROP FUNCTION trouble() CASCADE");
    }

    @Test
    void aFullDiskStopsAtTheBatchItMeetsAndRoomLetsItGoOn() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Dlt dlt = Plant.open(database.dataSource())) {
            dlt.templates().publish(Plant.TEMPLATE);
            Workspace workspace = dlt.workspaces().provision("plant", Plant.TEMPLATE);
            ingestOne(workspace);
            run(database, trigger(workspace, 555, "53100"));

            assertThatThrownBy(() -> ingest(workspace)).isInstanceOfSatisfying(StoreUnavailableException.class, e -> {
                assertThat(e.isRetryable()).isTrue();
                assertThat(e).hasMessageContaining("no room left (53100)");
            });
            assertThat(workspace.datastore(Plant.PLAIN).count()).isEqualTo(501);
            heal(database);
            assertThat(ingest(workspace)).hasToString("1000 offered: 500 accepted, 500 duplicate, 0 rejected");
            assertThat(workspace.datastore(Plant.PLAIN).count()).isEqualTo(1_001);
        }
    }

    @Test
    void aRowThatOnlyTheDatabaseRefusesCostsItselfAlone() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Dlt dlt = Plant.open(database.dataSource())) {
            dlt.templates().publish(Plant.TEMPLATE);
            Workspace workspace = dlt.workspaces().provision("plant", Plant.TEMPLATE);
            ingestOne(workspace);
            run(database, trigger(workspace, 555, "22003"));

            IngestResult in = ingest(workspace);
            assertThat(in).hasToString("1000 offered: 999 accepted, 0 duplicate, 1 rejected (1 in quarantine)");
            assertThat(in.rejections())
                    .singleElement()
                    .satisfies(bad -> assertThat(bad.line()).isEqualTo(556));
            assertThat(workspace.datastore(Plant.PLAIN).quarantine().list(10)).hasSize(1);
        }
    }

    @Test
    void aStatementThatTakesTooLongCanBeSentAgain() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Dlt dlt = Plant.open(impatient(database))) {
            dlt.templates().publish(Plant.TEMPLATE);
            Workspace workspace = dlt.workspaces().provision("plant", Plant.TEMPLATE);
            ingestOne(workspace);
            try (Connection blocker = database.superuser().getConnection();
                    Statement statement = blocker.createStatement()) {
                blocker.setAutoCommit(false);
                statement.execute(
                        "LOCK TABLE \"" + PhysicalName.table(Plant.PLAIN, workspace.id()) + "\" IN EXCLUSIVE MODE");
                assertThatThrownBy(() -> ingest(workspace))
                        .isInstanceOfSatisfying(StoreUnavailableException.class, e -> {
                            assertThat(e.isRetryable()).isTrue();
                            assertThat(e).hasMessageContaining("gave up waiting or ended the statement (57014)");
                        });
                blocker.rollback();
            }
            assertThat(ingest(workspace).accepted()).isEqualTo(ROWS);
        }
    }

    /** Makes the partition, so that the trouble is in the rows. */
    private static void ingestOne(Workspace workspace) {
        workspace.datastore(Plant.PLAIN).ingest(Rows.of(Map.of("ts", T0, "asset_id", "first", "n", -1)));
    }

    private static PGSimpleDataSource impatient(TestDatabase database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.user());
        source.setPassword(database.password());
        source.setOptions("-c statement_timeout=1500");
        return source;
    }
}
