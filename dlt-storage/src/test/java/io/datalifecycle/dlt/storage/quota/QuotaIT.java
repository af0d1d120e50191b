package io.datalifecycle.dlt.storage.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.Quotas;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A workspace takes what its limits allow, batch by batch; others do not notice. */
class QuotaIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

    private static final Template TEMPLATE = Template.define(
            "any",
            "1.0.0",
            t -> t.datastore(
                    "rows",
                    d -> d.time("ts")
                            .naturalKey("n", "ts")
                            .field("ts", Field.timestamp().required())
                            .field("n", Field.integer().required())));

    /** A database, DLT on it, two workspaces, and a clock. */
    private static final class House implements AutoCloseable {
        private final TestDatabase database;
        private final Dlt dlt;
        private final Workspace north;
        private final Workspace south;
        private volatile Instant now = T0;

        House(Backend backend) {
            database = TestDatabase.create(backend);
            dlt = node();
            dlt.templates().publish(TEMPLATE);
            north = dlt.workspaces().provision("north", TEMPLATE);
            south = dlt.workspaces().provision("south", TEMPLATE);
        }

        Dlt node() {
            return Dlt.builder()
                    .storage(PostgresStorage.builder()
                            .appDatabase(database.dataSource())
                            .clock(() -> now)
                            .build())
                    .clock(() -> now)
                    .build();
        }

        void run(String sql) throws java.sql.SQLException {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() {
            dlt.close();
            database.close();
        }
    }

    private static IngestResult ingest(Workspace workspace, int from, int to) {
        List<Map<String, Object>> rows = IntStream.range(from, to)
                .<Map<String, Object>>mapToObj(n -> Map.of("ts", T0, "n", n))
                .toList();
        return workspace
                .datastore("rows")
                .ingest(Rows.of(rows), IngestOptions.builder().batchRows(10).build());
    }

    private static void refused(ThrowingCallable call, String what) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DltException.class, e -> {
            assertThat(e.code()).isEqualTo(ProblemCode.QUOTA_EXCEEDED);
            assertThat(e).hasMessageContaining(what);
        });
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void rowsAreTakenUpToTheHardLimitAndRepeatsDoNotCount(Backend backend) throws Exception {
        try (House house = new House(backend)) {
            ingest(house.north, 0, 20);
            assertThat(house.north.quotas()).isEqualTo(Quotas.NONE);
            house.north.quotas(Quotas.NONE.rows(40, 50));
            assertThat(house.north.quotas()).isEqualTo(Quotas.NONE.rows(40, 50));

            ingest(house.north, 0, 20);
            ingest(house.north, 20, 30);
            ingest(house.north, 0, 20);
            assertThat(house.north.usage().over(house.north.quotas())).isFalse();
            refused(() -> ingest(house.north, 30, 70), "at most 50 rows");
            assertThat(house.north.datastore("rows").count()).isEqualTo(50);
            assertThat(house.north.usage().rows()).isEqualTo(50);
            assertThat(house.north.usage().over(house.north.quotas())).isTrue();
            ingest(house.south, 0, 200);

            house.run("DELETE FROM \"" + PhysicalName.table("rows", house.north.id()) + "\" WHERE n < 25");
            refused(() -> ingest(house.north, 60, 65), "at most 50 rows");
            house.north.maintain(); // counts anew
            assertThat(ingest(house.north, 60, 65).accepted()).isEqualTo(5);
            house.north.quotas(Quotas.NONE);
            assertThat(ingest(house.north, 100, 300).accepted()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void rowsASecondAreAveragedOverTenSeconds(Backend backend) {
        try (House house = new House(backend)) {
            house.north.quotas(Quotas.NONE.rowsPerSecond(1, 2));
            ingest(house.north, 0, 20);
            refused(() -> ingest(house.north, 20, 30), "at most 2 rows a second; send again later");
            house.now = T0.plusSeconds(4);
            refused(() -> ingest(house.north, 20, 30), "2 rows a second");
            house.now = T0.plusSeconds(5);
            assertThat(ingest(house.north, 20, 30).accepted()).isEqualTo(10);
            ingest(house.south, 0, 200);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void bytesAreTheDiskOfAllItsTables(Backend backend) {
        try (House house = new House(backend)) {
            ingest(house.north, 0, 10);
            long little = house.north.usage().bytes();
            ingest(house.north, 10, 3_000);
            long much = house.north.usage().bytes();
            assertThat(much).isGreaterThan(little + 100_000);
            house.north.quotas(Quotas.NONE.bytes(little, little));
            refused(() -> ingest(house.north, 5_000, 5_001), "at most " + little + " bytes");
            house.north.quotas(Quotas.NONE.bytes(little, 2 * much));
            house.now = T0.plus(Duration.ofMinutes(2));
            assertThat(ingest(house.north, 5_000, 5_001).accepted()).isEqualTo(1);
            assertThat(house.north.usage().over(house.north.quotas())).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void limitsHoldOnOtherNodesWithinTenSecondsAndGoWithTheWorkspace(Backend backend) {
        try (House house = new House(backend);
                Dlt other = house.node()) {
            Workspace there = other.workspaces().workspace("north");
            ingest(there, 0, 10);
            house.north.quotas(Quotas.NONE.rows(10, 10));
            house.now = T0.plusSeconds(10);
            refused(() -> ingest(there, 10, 11), "at most 10 rows");
            house.dlt.workspaces().delete("north");
            assertThat(house.dlt.workspaces().find("north")).isEmpty();
            assertThat(ingest(house.dlt.workspaces().provision("north", TEMPLATE), 0, 20)
                            .accepted())
                    .isEqualTo(20);
        }
    }
}
