package io.datalifecycle.dlt.storage.feature;

import static io.datalifecycle.dlt.storage.TestStorage.row;
import static io.datalifecycle.dlt.storage.TestStorage.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.feature.internal.FeatureRefresher;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.FeatureWriter.Consumer;
import io.datalifecycle.dlt.spi.FeatureWriter.Refreshed;
import io.datalifecycle.dlt.spi.FeatureWriter.Touched;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Buckets follow the calendar of the workspace, and a refresh touches what changed and nothing else. */
class RollupRefreshIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant T0 = Instant.parse("2026-02-03T04:05:06Z");

    private static final List<TemporalAmount> WIDTHS =
            List.of(Period.ofDays(1), Period.ofDays(7), Period.ofMonths(1), Duration.ofMinutes(45), Duration.ofDays(1));

    private static Template template(TemporalAmount every) {
        return Template.define("roll", "1.0.0", t -> {
            t.datastore(
                    "raw",
                    d -> d.time("ts")
                            .naturalKey("asset", "ts")
                            .duplicates(Duplicates.UPDATE)
                            .field("ts", Field.timestamp().required())
                            .field("asset", Field.text())
                            .field("v", Field.number()));
            t.featurestore(
                    "base",
                    f -> f.rollup(
                            "datastore:raw",
                            r -> r.every(every)
                                    .by("asset")
                                    .column("n", Aggregate.count())
                                    .column("total", Aggregate.sum("v"))));
            t.featurestore(
                    "top",
                    f -> f.rollup(
                            "featurestore:base",
                            r -> r.every(Duration.ofDays(1)).column("n", Aggregate.sum("n"))));
        });
    }

    private static FeatureRefresher refresher(TestStorage t) {
        return new FeatureRefresher(t.storage, InstantSource.fixed(TestStorage.NOW), new DltListener() {});
    }

    /** Zones that have passed midnight twice or left out a day, where PostgreSQL's midnight is another than ours. */
    private static final List<String> ODD_MIDNIGHTS = List.of("America/St_Johns", "Pacific/Apia");

    static Stream<Arguments> changesOfTheClocks() {
        Map<String, List<String>> changes = new TreeMap<>();
        changes.put("Europe/Berlin", List.of("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"));
        changes.put("America/Chicago", List.of("2026-03-08T08:00:00Z", "2026-11-01T07:00:00Z"));
        changes.put("Australia/Lord_Howe", List.of("2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z"));
        changes.put("America/Sao_Paulo", List.of("2018-02-18T02:00:00Z", "2018-11-04T03:00:00Z"));
        changes.put("Asia/Kathmandu", List.of("1985-12-31T18:30:00Z", "2026-01-31T18:15:00Z"));
        changes.put("America/Havana", List.of("2026-03-08T05:00:00Z", "2026-11-01T05:00:00Z"));
        changes.put("America/St_Johns", List.of("2006-10-29T02:31:00Z", "2007-03-11T03:31:00Z"));
        changes.put("Pacific/Apia", List.of("2011-12-30T10:00:00Z"));
        return TestDatabase.backends()
                .flatMap(backend ->
                        changes.entrySet().stream().map(zone -> Arguments.of(backend, zone.getKey(), zone.getValue())));
    }

    private static Template widths() {
        return Template.define("widths", "1.0.0", t -> {
            t.datastore("raw", d -> d.time("ts").field("ts", Field.timestamp().required()));
            for (int i = 0; i < WIDTHS.size(); i++) {
                TemporalAmount every = WIDTHS.get(i);
                t.featurestore(
                        "width_" + i,
                        f -> f.rollup("datastore:raw", r -> r.every(every).column("n", Aggregate.count()))
                                .realtime());
            }
        });
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("changesOfTheClocks")
    void bucketsAreThoseOfTheCalendar(Backend backend, String zone, List<String> changes) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(widths(), 1, ZoneId.of(zone));
            List<Instant> times = new ArrayList<>();
            for (String change : changes) {
                for (int quarter = -3 * 96; quarter <= 3 * 96; quarter++) {
                    Instant at = Instant.parse(change).plus(Duration.ofMinutes(15L * quarter));
                    times.add(at.minusNanos(1_000));
                    times.add(at);
                }
            }
            Datastore raw = w.template().datastores().get(0);
            t.storage
                    .rows()
                    .write(write(w, raw, times.stream().map(at -> row(at)).toList()));
            for (Featurestore store : w.template().featurestores()) {
                Bucketing bucketing = Bucketing.of(((Rollup) store.transform()).every(), w.zone());
                Map<Instant, Long> expected = new TreeMap<>();
                times.forEach(at -> expected.merge(bucketing.bucketOf(at).from(), 1L, Long::sum));
                if (!ODD_MIDNIGHTS.contains(zone)) {
                    Map<Instant, Long> live = new TreeMap<>();
                    t.table("SELECT bucket, n FROM " + store.key() + "_v_wid1")
                            .forEach(r -> live.put(((java.sql.Timestamp) r.get(0)).toInstant(), (Long) r.get(1)));
                    assertThat(live)
                            .as("computed when asked, every " + bucketing.every())
                            .isEqualTo(expected);
                }
                refresher(t).refresh(w, store);
                Map<Instant, Long> stored = new TreeMap<>();
                t.rows(w, store).forEach(r -> stored.put((Instant) r.get(0), (Long) r.get(1)));
                assertThat(stored).as("every " + bucketing.every()).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void onlyTouchedBucketsAreReadAndOnlyChangedRowsAreWritten(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template(Duration.ofHours(1)), 1, ZoneOffset.UTC);
            Datastore raw = w.template().datastores().get(0);
            Featurestore base = w.template().featurestores().get(0);
            List<List<Object>> rows = new ArrayList<>();
            for (int hour = 0; hour < 48; hour++) {
                rows.add(new ArrayList<>(row(T0.plus(Duration.ofHours(hour)), "a", 1.0)));
                rows.add(new ArrayList<>(row(T0.plus(Duration.ofHours(hour)), "b", 1.0)));
            }
            t.storage.rows().write(write(w, raw, rows));
            FeatureRefresher refresher = refresher(t);
            assertThat(refresher.refresh(w, base).written()).isEqualTo(96);
            assertThat(refresher.refresh(w, base)).isEqualTo(new Refreshed(0, 0, List.of()));

            // lies in the table that a refresh of other buckets would mend
            t.execute("UPDATE base_wid1 SET total = -1 WHERE bucket >= '2026-02-03 10:00Z'");
            String others = "SELECT xmin::text || ctid::text || b::text FROM base_wid1 b"
                    + " WHERE bucket <> '2026-02-03 06:00Z' OR asset <> 'a' ORDER BY 1";
            List<String> before = t.texts(others);
            Instant inSix = Instant.parse("2026-02-03T06:30:00Z");
            t.storage.rows().write(write(w, raw, List.of(row(inSix, "a", 2.0))));
            Refreshed refreshed = refresher.refresh(w, base);
            assertThat(refreshed.written()).isEqualTo(1);
            assertThat(refreshed.intervals())
                    .containsExactly(
                            Bucketing.of(Duration.ofHours(1), ZoneOffset.UTC).bucketOf(inSix));
            assertThat(t.texts(others)).isEqualTo(before);
            assertThat(
                            t.texts(
                                    "SELECT n || ' ' || total FROM base_wid1 WHERE bucket = '2026-02-03 06:00Z' AND asset = 'a'"))
                    .containsExactly("2 3");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aRollupOfARollupHearsOfChangedBucketsOnly(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template(Duration.ofHours(1)), 1, ZoneOffset.UTC);
            Datastore raw = w.template().datastores().get(0);
            Featurestore base = w.template().featurestores().get(0);
            Featurestore top = w.template().featurestores().get(1);
            FeatureRefresher refresher = refresher(t);
            t.storage
                    .rows()
                    .write(write(w, raw, List.of(row(T0, "a", 1.0), row(T0.plus(Duration.ofDays(3)), null, 1.0))));
            refresher.refresh(w, base);
            assertThat(t.storage.features().pending(w, Consumer.of(top)))
                    .extracting(Touched::range)
                    .containsExactly(
                            range("2026-02-03T04:00:00Z", "2026-02-03T05:00:00Z"),
                            range("2026-02-06T04:00:00Z", "2026-02-06T05:00:00Z"));
            refresher.refresh(w, top);
            assertThat(t.rows(w, top)).hasSize(2);

            // the same again changes nothing, so nobody downstream is told
            t.execute("INSERT INTO dlt_data.touched (workspace, consumer, source, range_from, range_to) VALUES"
                    + " (1, 'featurestore:base', 'datastore:raw', '2026-02-03', '2026-02-07')");
            assertThat(refresher.refresh(w, base).written()).isZero();
            assertThat(t.storage.features().pending(w, Consumer.of(top))).isEmpty();

            // the last source row of a bucket goes: so does its row, and that of the day above
            t.execute(
                    "DELETE FROM raw_wid1 WHERE asset IS NULL",
                    "INSERT INTO dlt_data.touched (workspace, consumer, source, range_from, range_to) VALUES"
                            + " (1, 'featurestore:base', 'datastore:raw', '2026-02-06 04:05:06Z', '2026-02-06 04:05:07Z')");
            assertThat(refresher.refresh(w, base).removed()).isEqualTo(1);
            assertThat(refresher.refresh(w, top).removed()).isEqualTo(1);
            assertThat(t.rows(w, top)).hasSize(1);
        }
    }

    private static TimeRange range(String from, String to) {
        return TimeRange.of(Instant.parse(from), Instant.parse(to));
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void farApartRowsMakeNoPartitionsBetweenThem(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template(Period.ofDays(1)), 1, ZoneId.of("Europe/Berlin"));
            Datastore raw = w.template().datastores().get(0);
            Featurestore base = w.template().featurestores().get(0);
            t.storage
                    .rows()
                    .write(write(
                            w, raw, List.of(row(Instant.parse("1900-01-01T00:00:00Z"), "a", 1.0), row(T0, "a", 1.0))));
            refresher(t).recompute(w, base);
            assertThat(t.rows(w, base)).hasSize(2);
            if (!t.database.timescale()) {
                assertThat(t.texts("SELECT inhrelid::text FROM pg_inherits WHERE inhparent = 'base_wid1'::regclass"))
                        .hasSize(2);
            }
        }
    }
}
