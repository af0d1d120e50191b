package io.datalifecycle.dlt.storage.plan;

import static io.datalifecycle.dlt.storage.TestStorage.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.feature.internal.FeatureRefresher;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Floors;
import io.datalifecycle.dlt.storage.plan.NeededFrom.Need;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that are past their retention go, but not before everyone has taken them in, and it is known up to where they went. */
class RetentionIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant NOW = Instant.parse("2026-03-20T06:00:00Z");

    private static Template template() {
        return Template.define("kept", "1.0.0", t -> {
            t.datastore(
                    "raw",
                    d -> d.time("ts")
                            .naturalKey("asset", "ts")
                            .field("ts", Field.timestamp().required())
                            .field("asset", Field.text().required())
                            .field("v", Field.number())
                            .chunk(Duration.ofDays(1))
                            .retention(Period.ofDays(10)));
            t.featurestore(
                    "weekly",
                    f -> f.rollup(
                            "datastore:raw",
                            r -> r.every(Period.ofDays(7)).by("asset").column("n", Aggregate.count())));
        });
    }

    private static final class House implements AutoCloseable {

        private final TestStorage t;
        private final WorkspaceContext w;
        private final Datastore raw;
        private final DataDatabase data;
        private final List<String> said = Collections.synchronizedList(new ArrayList<>());
        private final Maintenance maintenance = new Maintenance(new Retention(said::add));

        House(Backend backend, Template template, ZoneId zone) {
            t = new TestStorage(backend);
            w = t.provision(template, 1, zone);
            raw = w.template().datastores().get(0);
            data = new DataDatabase(new Database("main", t.database.dataSource()), "public");
        }

        void days(String... days) {
            List<List<Object>> rows = new ArrayList<>();
            for (String day : days) {
                rows.add(List.of(Instant.parse(day + "T12:00:00Z"), "a", 1.0));
            }
            t.storage.rows().write(write(w, raw, rows));
        }

        void refresh() {
            FeatureRefresher refresher =
                    new FeatureRefresher(t.storage, InstantSource.fixed(NOW), new DltListener() {});
            for (Featurestore store : w.template().featurestores()) {
                refresher.refresh(w, store);
            }
        }

        int maintain() {
            return maintenance.run(data, w, NOW).size();
        }

        List<String> left() {
            return t.texts("SELECT to_char(ts AT TIME ZONE 'UTC', 'MM-DD') FROM raw_wid1 ORDER BY ts");
        }

        Optional<Instant> floor() throws SQLException {
            try (Connection connection = t.database.dataSource().getConnection()) {
                return Floors.of(connection, w, raw.ref());
            }
        }

        @Override
        public void close() {
            t.close();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void rowsWaitForTheRefreshWithTheWholeBucketTheyBelongTo(Backend backend) throws SQLException {
        try (House h = new House(backend, template(), ZoneOffset.UTC)) {
            h.days("2026-02-20", "2026-02-23", "2026-02-24", "2026-03-01", "2026-03-08", "2026-03-19");
            h.refresh();
            h.days("2026-02-25"); // its week is that of Monday 23

            assertThat(h.maintain()).isEqualTo(1);
            assertThat(h.said)
                    .containsExactly(
                            "datastore:raw of workspace w1 keeps rows past its retention: featurestore:weekly has yet to"
                                    + " take in changes and needs rows from 2026-02-23T00:00:00Z on");
            assertThat(h.left()).containsExactly("02-23", "02-24", "02-25", "03-01", "03-08", "03-19");
            assertThat(h.floor()).contains(Instant.parse("2026-02-21T00:00:00Z"));
            assertThat(h.maintain()).isZero();
            assertThat(h.said).as("told once").hasSize(1);

            h.refresh();
            assertThat(h.maintain()).isEqualTo(5);
            assertThat(h.said)
                    .hasSize(2)
                    .last()
                    .isEqualTo("datastore:raw of workspace w1 waits for featurestore:weekly no longer");
            assertThat(h.left()).containsExactly("03-19");
            assertThat(h.floor()).contains(Instant.parse("2026-03-09T00:00:00Z"));
            assertThat(h.t.texts("SELECT n FROM weekly_wid1 ORDER BY bucket")).containsExactly("1", "4", "1", "1");

            h.days("2026-02-01"); // late: it is made again and goes again, the floor stays
            h.refresh();
            assertThat(h.maintain()).isEqualTo(1);
            assertThat(h.floor()).contains(Instant.parse("2026-03-09T00:00:00Z"));
            h.t.storage.provisioner().drop(h.w);
            assertThat(h.t.storage.provisioner().residue(h.w.id(), "main")).isEmpty();
            assertThat(h.t.texts("SELECT count(*) FROM dlt_data.floor")).containsExactly("0");
        }
    }

    /** In Kathmandu the week begins at 18:15 of Sunday in UTC, within the chunk of that day. */
    @ParameterizedTest
    @MethodSource(BACKENDS)
    void bucketsFollowTheZoneOfTheWorkspace(Backend backend) {
        try (House h = new House(backend, template(), ZoneId.of("Asia/Kathmandu"))) {
            h.days("2026-02-21", "2026-02-22", "2026-02-23", "2026-02-25");
            assertThat(h.maintain()).as("the week from 16 on waits").isZero();
            h.refresh();
            h.days("2026-02-26");
            assertThat(h.maintain())
                    .as("the week of 25 reaches into the day of 22")
                    .isEqualTo(1);
            assertThat(h.left()).containsExactly("02-22", "02-23", "02-25", "02-26");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aStoreWithoutReadersWaitsForNobodyAndWithoutOldRowsHasNoFloor(Backend backend) throws SQLException {
        Template alone = Template.define(
                "alone",
                "1.0.0",
                t -> t.datastore(
                        "raw",
                        d -> d.time("ts")
                                .field("ts", Field.timestamp().required())
                                .field("asset", Field.text())
                                .field("v", Field.number())
                                .chunk(Duration.ofDays(1))
                                .retention(Duration.ofDays(2))));
        try (House h = new House(backend, alone, ZoneOffset.UTC)) {
            h.days("2026-03-19");
            assertThat(h.maintain()).isZero();
            assertThat(h.floor()).isEmpty();
            h.days("2026-03-10", "2026-03-12");
            assertThat(h.maintain()).isEqualTo(2);
            assertThat(h.floor()).contains(Instant.parse("2026-03-13T00:00:00Z"));
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void howFarAConsumerReachesFollowsFromItsKind(Backend backend) throws SQLException {
        Template template = Template.define("reaching", "1.0.0", t -> {
            for (String key : List.of("raw", "near", "any")) {
                t.datastore(
                        key,
                        d -> d.time("ts")
                                .field("ts", Field.timestamp().required())
                                .field("asset", Field.text().required())
                                .retention(Duration.ofDays(10)));
            }
            t.featurestore(
                    "selected",
                    f -> f.sql(
                            "SELECT ts, asset FROM datastore:raw WHERE ts >= :from AND ts < :to",
                            s -> s.time("ts")
                                    .by("asset")
                                    .column("ts", Field.timestamp())
                                    .column("asset", Field.text())
                                    .lookBack(Duration.ofHours(5))));
            t.featurestore(
                    "joined",
                    f -> f.join(
                            "datastore:raw",
                            j -> j.time("ts")
                                    .by("asset")
                                    .join(
                                            "datastore:near",
                                            o -> o.columns("asset").prefix("n_").within(Duration.ofHours(2)))
                                    .join(
                                            "datastore:any",
                                            o -> o.columns("asset").prefix("a_"))));
        });
        try (TestStorage t = new TestStorage(backend);
                Connection connection = t.database.dataSource().getConnection()) {
            WorkspaceContext w = TestStorage.context(template, 1, ZoneOffset.UTC);
            NeededFrom needed = new NeededFrom();
            Datastore raw = template.datastores().get(0);
            Datastore near = template.datastores().get(1);
            Datastore any = template.datastores().get(2);
            assertThat(needed.of(connection, w, raw)).isEmpty();

            t.execute(touched(2, "featurestore:joined", "2026-03-09"), touched(1, "model:gone", "2026-01-01"));
            assertThat(needed.of(connection, w, raw)).as("of others").isEmpty();
            t.execute(touched(1, "featurestore:joined", "2026-03-10"), touched(1, "featurestore:joined", "2026-03-12"));
            assertThat(needed.of(connection, w, raw))
                    .contains(new Need(Instant.parse("2026-03-10T00:00:00Z"), "featurestore:joined"));
            assertThat(needed.of(connection, w, near))
                    .contains(new Need(Instant.parse("2026-03-09T22:00:00Z"), "featurestore:joined"));
            assertThat(needed.of(connection, w, any))
                    .contains(new Need(Instant.parse("2026-02-28T00:00:00Z"), "featurestore:joined"));
            t.execute(touched(1, "featurestore:selected", "2026-03-10"));
            assertThat(needed.of(connection, w, raw))
                    .contains(new Need(Instant.parse("2026-03-09T19:00:00Z"), "featurestore:selected"));
        }
    }

    private static String touched(long workspace, String consumer, String day) {
        return "INSERT INTO dlt_data.touched (workspace, consumer, source, range_from, range_to) VALUES (" + workspace
                + ", '" + consumer + "', 'datastore:raw', '" + day + " 00:00Z', '" + day + " 01:00Z')";
    }

    /** Who has asked for the floor reads what was there: maintenance waits for it. */
    @ParameterizedTest
    @MethodSource(BACKENDS)
    void theFloorHoldsUntilTheTransactionThatAskedEnds(Backend backend) throws Exception {
        try (House h = new House(backend, template(), ZoneOffset.UTC);
                Connection reader = h.t.database.dataSource().getConnection()) {
            h.days("2026-02-20");
            h.refresh();
            reader.setAutoCommit(false);
            assertThat(Floors.of(reader, h.w, h.raw.ref())).isEmpty();
            CompletableFuture<Integer> maintenance = CompletableFuture.supplyAsync(h::maintain);
            waitForALock(h.t);
            assertThat(h.left()).containsExactly("02-20");
            reader.commit();
            assertThat(maintenance.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    /** A late row that is on its way when maintenance looks is told before the rows go. */
    @ParameterizedTest
    @MethodSource(BACKENDS)
    void maintenanceWaitsForWhoeverWritesAndThenForWhatTheyTold(Backend backend) throws Exception {
        try (House h = new House(backend, template(), ZoneOffset.UTC);
                Connection writer = h.t.database.dataSource().getConnection()) {
            h.days("2026-02-20");
            h.refresh();
            writer.setAutoCommit(false);
            CompletableFuture<Integer> maintenance;
            try (Statement statement = writer.createStatement()) {
                statement.execute("INSERT INTO raw_wid1 VALUES ('2026-02-20 13:00Z', 'late', 1)");
                statement.execute(
                        "INSERT INTO dlt_data.touched (workspace, consumer, source, range_from, range_to) VALUES"
                                + " (1, 'featurestore:weekly', 'datastore:raw', '2026-02-20 13:00Z', '2026-02-20 13:01Z')");
                maintenance = CompletableFuture.supplyAsync(h::maintain);
                waitForALock(h.t);
                writer.commit();
            }
            assertThat(maintenance.get(30, TimeUnit.SECONDS)).isZero();
            assertThat(h.left()).hasSize(2);
            h.refresh();
            assertThat(h.t.texts("SELECT n FROM weekly_wid1 WHERE asset = 'late'"))
                    .containsExactly("1");
            assertThat(h.maintain()).isEqualTo(1);
        }
    }

    private static void waitForALock(TestStorage t) throws SQLException {
        try (Connection connection = t.database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DO $$ BEGIN FOR i IN 1 .. 3000 LOOP "
                    + "IF EXISTS (SELECT FROM pg_locks WHERE NOT granted) THEN RETURN; END IF; PERFORM pg_sleep(0.01); "
                    + "END LOOP; RAISE EXCEPTION 'nobody waits'; END $$");
        }
    }
}
