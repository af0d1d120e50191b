package io.datalifecycle.dlt.storage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** TimescaleDB comes to a database that had workspaces before. */
@EnabledIf("io.datalifecycle.dlt.testdb.TestDatabase#timescaleAvailable")
class AdoptionIT {

    private static final Instant T0 = Instant.parse("2026-02-03T00:00:00Z");
    private static final String HYPERTABLES =
            "SELECT hypertable_name FROM timescaledb_information.hypertables ORDER BY 1";

    private static final Template PUMPS = Template.define("pumps", "1.0.0", t -> {
        t.datastore(
                "raw",
                d -> d.time("ts")
                        .naturalKey("asset", "ts")
                        .field("ts", Field.timestamp().required())
                        .field("asset", Field.text().required())
                        .field("value", Field.number())
                        .chunk(Duration.ofDays(1)));
        t.featurestore(
                "hourly",
                f -> f.rollup(
                        "datastore:raw",
                        r -> r.every(Duration.ofHours(1)).by("asset").column("n", Aggregate.count())));
        t.metric("rows", m -> m.sql("SELECT count(*) AS n FROM datastore:raw").scalar(s -> s.value("n")));
    });

    /** A row a minute, from a minute on. */
    private static IngestResult ingest(Workspace w, int from, int count) {
        List<Map<String, Object>> rows = IntStream.range(from, from + count)
                .mapToObj(minute -> Map.<String, Object>of(
                        "ts", T0.plus(Duration.ofMinutes(minute)), "asset", "p" + minute % 3, "value", minute / 8.0))
                .toList();
        return w.datastore("raw").ingest(Rows.of(rows));
    }

    private static String fingerprint(TestDatabase database, String table) {
        return text(
                database.dataSource(),
                "SELECT count(*) || ' ' || md5(string_agg(t::text, ',' ORDER BY t::text)) FROM " + table + " t");
    }

    @Test
    void installedLaterTheExtensionChangesNothingUntilAWorkspaceIsConverted() {
        try (TestDatabase database = TestDatabase.create(Backend.PLAIN);
                HikariDataSource pool = pool(database); // its sessions are older than the extension
                PostgresStorage storage = storage(pool);
                Dlt dlt = Dlt.builder().storage(storage).build()) {
            dlt.templates().publish(PUMPS);
            Workspace old = dlt.workspaces().provision("old", PUMPS);
            assertThat(ingest(old, 0, 5_000).accepted()).isEqualTo(5_000); // four days
            old.featurestore("hourly").refresh();
            assertThat(old.metric("rows").rows().rows()).containsExactly(List.of(5_000L));
            assertThatThrownBy(old::convert)
                    .isInstanceOf(DltException.class)
                    .hasMessageContaining("CREATE EXTENSION timescaledb");

            text(database.superuser(), "CREATE EXTENSION timescaledb");

            // what is there stays what it is, also for spans and nodes that never saw it; what is new is new
            assertThat(ingest(old, 4_000, 4_000).accepted()).isEqualTo(3_000);
            try (PostgresStorage other = storage(database.dataSource());
                    Dlt node = Dlt.builder().storage(other).build()) {
                Workspace same = node.workspaces().find("old").orElseThrow();
                assertThat(ingest(same, 8_000, 4_000).accepted()).isEqualTo(4_000);
                same.maintain();
                Workspace fresh = node.workspaces().provision("fresh", PUMPS);
                assertThat(ingest(fresh, 0, 10).accepted()).isEqualTo(10);
                assertThat(texts(database, HYPERTABLES)).containsExactly("hourly_wid2", "raw_wid2");

                String raw = fingerprint(database, "raw_wid1");
                String hourly = fingerprint(database, "hourly_wid1");
                assertThat(old.convert()).containsExactly("raw_wid1", "hourly_wid1");

                assertThat(texts(database, HYPERTABLES))
                        .containsExactly("hourly_wid1", "hourly_wid2", "raw_wid1", "raw_wid2");
                assertThat(fingerprint(database, "raw_wid1")).isEqualTo(raw).startsWith("12000 ");
                assertThat(fingerprint(database, "hourly_wid1")).isEqualTo(hourly);
                assertThat(old.convert()).isEmpty();
                assertThat(fresh.convert()).isEmpty();
                // the node that converted, and one that remembers partitions: known keys, a known span, a new one
                assertThat(ingest(old, 0, 12_500).accepted()).isEqualTo(500);
                assertThat(ingest(same, 12_000, 20_000).accepted()).isEqualTo(19_500);
                assertThat(same.metric("rows").rows().rows()).containsExactly(List.of(32_000L));
                assertThat(old.metric("rows").rows().rows()).containsExactly(List.of(32_000L));
                assertThat(old.featurestore("hourly").refresh().written()).isPositive();
                old.maintain();
                same.maintain();
            }
            dlt.workspaces().delete("old");
            assertThat(texts(database, "SELECT relname FROM pg_class WHERE relname LIKE '%wid1%'"))
                    .isEmpty();
        }
    }

    /** Each writer meets known spans and makes new ones while the table is taken from under it. */
    @RepeatedTest(3)
    void ingestGoesOnWhileItsTableIsConverted() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(3);
        try (TestDatabase database = TestDatabase.create(Backend.PLAIN);
                PostgresStorage storage = storage(database.dataSource());
                Dlt dlt = Dlt.builder().storage(storage).build()) {
            dlt.templates().publish(PUMPS);
            Workspace w = dlt.workspaces().provision("busy", PUMPS);
            ingest(w, 0, 20_000);
            text(database.superuser(), "CREATE EXTENSION timescaledb");
            AtomicBoolean converted = new AtomicBoolean();
            CountDownLatch going = new CountDownLatch(3);
            List<Future<Long>> accepted = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int first = 100_000 * (i + 1);
                accepted.add(writers.submit(() -> {
                    long sum = 0;
                    int last = -1;
                    for (int batch = 0; batch < 500 && batch != last; batch++) {
                        sum += ingest(w, first + batch * 700, 700).accepted();
                        going.countDown();
                        last = converted.get() && last < 0 ? batch + 3 : last; // and some more after it
                    }
                    return sum;
                }));
            }
            assertThat(going.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(w.convert()).containsExactly("raw_wid1", "hourly_wid1");
            converted.set(true);
            long rows = 20_000;
            for (Future<Long> one : accepted) {
                rows += one.get(60, TimeUnit.SECONDS);
            }
            assertThat(fingerprint(database, "raw_wid1")).startsWith(rows + " ");
            assertThat(rows).isGreaterThan(20_000 + 3 * 700);
        } finally {
            writers.shutdownNow();
        }
    }

    private static HikariDataSource pool(TestDatabase database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(3);
        return new HikariDataSource(config);
    }

    private static PostgresStorage storage(DataSource source) {
        return PostgresStorage.builder()
                .appDatabase(source)
                .clock(InstantSource.fixed(T0.plus(Duration.ofDays(9))))
                .build();
    }

    private static List<String> texts(TestDatabase database, String sql) {
        return List.of(text(
                                database.dataSource(),
                                "SELECT coalesce(string_agg(v, ',' ORDER BY v), '') FROM (" + sql + ") AS t (v)")
                        .split(",", -1))
                .stream()
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String text(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return String.valueOf(row.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
