package io.datalifecycle.dlt.storage.plan;

import static io.datalifecycle.dlt.storage.TestStorage.row;
import static io.datalifecycle.dlt.storage.TestStorage.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.feature.internal.FeatureRefresher;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.RowSink.WriteResult;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a workspace's database objects are, how they go, and what maintenance does with their spans of time. */
class ProvisioningIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant T0 = Instant.parse("2026-02-03T04:05:06Z");

    /** Names that only quoting survives. */
    private static final List<String> HARD_NAMES = List.of(
            "Volume Flow RateRMS",
            "select",
            "user",
            "a\"b",
            "it's; DROP TABLE x --",
            "%s ?",
            ":from",
            "ordinal",
            "日本語".repeat(7), // 63 bytes
            "x".repeat(63),
            "x".repeat(62) + "y",
            " ",
            "UPPER",
            "upper",
            "$1",
            "a\\b",
            "{fn now()}",
            "s",
            "t",
            "span",
            "lo",
            "at");

    private static Template hard() {
        return Template.define("hard", "1.0.0", t -> {
            t.datastore("raw", d -> {
                d.time("time stamp").naturalKey("select", "time stamp", "a\"b").duplicates(Duplicates.UPDATE);
                d.field("time stamp", Field.timestamp().required());
                HARD_NAMES.forEach(name -> d.field(name, Field.number()));
            });
            t.featurestore(
                    "hourly",
                    f -> f.rollup("datastore:raw", r -> {
                        r.every(Duration.ofHours(1)).by("select", "a\"b").where("\"it's; DROP TABLE x --\" > 0");
                        HARD_NAMES.stream()
                                .filter(name -> !name.equals("select") && !name.equals("a\"b"))
                                .forEach(name -> r.column(name, Aggregate.last(name)));
                    }));
        });
    }

    private static List<String> catalogue(TestStorage t) {
        return t.texts(
                "SELECT c.relname || ' ' || c.relkind::text || ' ' || coalesce(c.relacl::text, '') || ' ' || c.oid FROM pg_class c"
                        + " WHERE c.relname LIKE '%wid%' OR c.relnamespace = 'dlt_cage'::regnamespace UNION ALL SELECT rolname || oid"
                        + " FROM pg_roles UNION ALL SELECT proname || oid FROM pg_proc WHERE pronamespace = 'dlt_cage'::regnamespace"
                        + " ORDER BY 1");
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void provisioningAgainChangesNothing(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(hard(), 7, ZoneOffset.UTC);
            assertThat(
                            t.texts(
                                    "SELECT to_regclass('raw_wid7')::text || to_regclass('raw_q_wid7') || to_regclass('hourly_wid7')"))
                    .containsExactly("raw_wid7raw_q_wid7hourly_wid7");
            t.storage.rows().write(write(w, w.template().datastores().get(0), List.of(row(T0, 1.0))));
            List<String> before = catalogue(t);
            t.storage.provisioner().provision(w);
            assertThat(catalogue(t)).isEqualTo(before);
            assertThat(t.rows(w, w.template().datastores().get(0))).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void columnsMayHaveAnyName(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(hard(), 1, ZoneOffset.UTC);
            Datastore raw = w.template().datastores().get(0);
            List<Object> row = new ArrayList<>(row(T0));
            for (int i = 0; i < HARD_NAMES.size(); i++) {
                row.add(i + 0.5);
            }
            assertThat(t.storage.rows().write(write(w, raw, List.of(row))).accepted())
                    .isEqualTo(1);
            row.set(1, 99.0);
            WriteResult changed = t.storage.rows().write(write(w, raw, List.of(row, row)));
            assertThat(List.of(changed.accepted(), changed.duplicate())).containsExactly(1L, 1L);
            assertThat(t.rows(w, raw)).containsExactly(row);

            var hourly = w.template().featurestores().get(0);
            assertThat(new FeatureRefresher(t.storage, InstantSource.fixed(TestStorage.NOW), new DltListener() {})
                            .refresh(w, hourly)
                            .written())
                    .isEqualTo(1);
            assertThat(t.rows(w, hourly)).hasSize(1);
            assertThat(t.rows(w, hourly).get(0)).hasSize(HARD_NAMES.size() + 1).doesNotContainNull();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void droppingLeavesNothingAndNoNeighbourIsHurt(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext one = t.provision(hard(), 1, ZoneOffset.UTC);
            WorkspaceContext eleven = t.provision(hard(), 11, ZoneOffset.UTC);
            for (WorkspaceContext w : List.of(one, eleven)) {
                Checkpoint checkpoint = new Checkpoint("c", Optional.empty(), "1", Map.of("part", new byte[] {1}));
                Datastore raw = w.template().datastores().get(0);
                t.storage.rows().write(write(w, raw, List.of(row(T0, 1.0), row(T0, 1.0)), "batch", checkpoint));
            }
            assertThat(t.storage.provisioner().residue(one.id(), "main")).isNotEmpty();
            List<String> before = t.storage.provisioner().residue(eleven.id(), "main");

            t.storage.provisioner().drop(one);

            assertThat(t.storage.provisioner().residue(one.id(), "main")).isEmpty();
            assertThat(
                            t.texts(
                                    "SELECT relname FROM pg_class WHERE relname LIKE '%\\_wid1' OR relname LIKE '%\\_wid1\\_%'"))
                    .isEmpty();
            assertThat(t.storage.provisioner().residue(eleven.id(), "main")).isEqualTo(before);
            assertThat(t.rows(eleven, eleven.template().datastores().get(0))).hasSize(1);
            t.storage.provisioner().drop(one); // again: nothing to do
            t.storage.provisioner().provision(one);
            assertThat(t.rows(one, one.template().datastores().get(0))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void rowsLiveInTheDataDatabaseAndSchemaTheyArePlacedIn(Backend backend) throws SQLException {
        try (TestDatabase app = TestDatabase.create(Backend.PLAIN);
                TestStorage data = new TestStorage(backend);
                PostgresStorage storage = PostgresStorage.builder()
                        .appDatabase(app.dataSource())
                        .dataDatabase("main", data.database.dataSource())
                        .dataDatabase("other", app.dataSource())
                        .schema("plant \"A\"")
                        .build()) {
            data.execute("CREATE SCHEMA \"plant \"\"A\"\"\"");
            assertThatThrownBy(storage::open).hasMessageContaining("CREATE SCHEMA \"plant \"\"A\"\"\" AUTHORIZATION");
            try (Connection connection = app.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA \"plant \"\"A\"\"\"");
            }
            storage.open();
            assertThat(storage.placements()).containsExactly("main", "other");
            WorkspaceContext w = TestStorage.context(hard(), 1, ZoneOffset.UTC);
            Datastore raw = w.template().datastores().get(0);
            storage.provisioner().provision(w);
            storage.rows().write(write(w, raw, List.of(row(T0, 1.0))));
            storage.provisioner().maintain(w, T0);
            assertThat(data.texts("SELECT count(*) FROM \"plant \"\"A\"\"\".raw_wid1"))
                    .containsExactly("1");
            storage.provisioner().drop(w);
            assertThat(storage.provisioner().residue(w.id(), "main")).isEmpty();
            assertThat(storage.health()).isEqualTo(Map.of("app", "up", "main", "up", "other", "up"));
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void retentionDropsWholeSpansPastItAndNothingElse(Backend backend) {
        Template template = Template.define("kept", "1.0.0", t -> {
            t.datastore(
                    "weeks",
                    d -> d.time("ts")
                            .field("ts", Field.timestamp().required())
                            .chunk(Duration.ofDays(7))
                            .retention(Period.ofMonths(1)));
            t.datastore("ever", d -> d.time("ts").field("ts", Field.timestamp().required()));
        });
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template, 1, ZoneId.of("Europe/Berlin"));
            Datastore weeks = template.datastores().get(0);
            Datastore ever = template.datastores().get(1);
            List<List<Object>> days = new ArrayList<>();
            for (int day = 0; day < 100; day++) {
                days.add(new ArrayList<>(row(T0.plus(Duration.ofDays(day)))));
            }
            t.storage.rows().write(write(w, weeks, days));
            t.storage.rows().write(write(w, ever, days));
            Instant now = T0.plus(Duration.ofDays(99));

            List<String> dropped = t.storage.provisioner().maintain(w, now);

            // spans are whole weeks from the epoch, a Thursday; a month before 2026-05-13 is 2026-04-13, a Monday
            Instant limit = Instant.parse("2026-04-09T00:00:00Z");
            List<List<Object>> kept = days.stream()
                    .filter(day -> !((Instant) day.get(0)).isBefore(limit))
                    .toList();
            assertThat(t.rows(w, weeks)).isEqualTo(kept);
            assertThat(t.rows(w, ever)).isEqualTo(days);
            assertThat(dropped).hasSize(10);
            assertThat(t.storage.provisioner().maintain(w, now)).isEmpty();
            // a late row past retention is taken until maintenance comes by again
            assertThat(t.storage.rows().write(write(w, weeks, List.of(row(T0)))).accepted())
                    .isEqualTo(1);
            assertThat(t.storage.provisioner().maintain(w, now)).hasSize(1);
            assertThat(t.rows(w, weeks)).isEqualTo(kept);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void maintenanceMakesRoomAheadOfTime(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(hard(), 1, ZoneOffset.UTC);
            assertThat(t.storage.provisioner().maintain(w, T0)).isEmpty();
            if (!t.database.timescale()) {
                String partitions =
                        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'raw_wid1'::regclass";
                List<String> ahead = t.texts(partitions);
                assertThat(ahead).hasSize(3);
                Datastore raw = w.template().datastores().get(0);
                t.storage.rows().write(write(w, raw, List.of(row(T0, 1.0), row(T0.plus(Duration.ofDays(14)), 1.0))));
                assertThat(t.texts(partitions)).isEqualTo(ahead);
            }
        }
    }
}
