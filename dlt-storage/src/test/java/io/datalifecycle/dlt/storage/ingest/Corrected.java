package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.feature.internal.FeatureRefresher;
import io.datalifecycle.dlt.ingest.CorrectResult;
import io.datalifecycle.dlt.ingest.internal.Corrector;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A workspace with readings, roll-ups over them, and a model over those. */
final class Corrected implements AutoCloseable {

    static final Instant T0 = Instant.parse("2026-02-03T00:00:00Z");

    final TestStorage t;
    final WorkspaceContext w;
    final Datastore raw;
    final FeatureRefresher refresher;
    private final Corrector corrector;

    /** What the listener was told: changed, deleted. */
    volatile List<Long> told = List.of();

    Corrected(Backend backend, Duplicates duplicates) {
        t = new TestStorage(backend);
        w = t.provision(template(duplicates), 1, ZoneOffset.UTC);
        raw = w.template().datastores().get(0);
        DltListener listener = new DltListener() {
            @Override
            public void onCorrect(WorkspaceContext workspace, String store, long changed, long deleted, Duration took) {
                told = List.of(changed, deleted);
            }
        };
        InstantSource clock = InstantSource.fixed(TestStorage.NOW);
        refresher = new FeatureRefresher(t.storage, clock, listener);
        corrector = new Corrector(t.storage, clock, listener);
    }

    static Template template(Duplicates duplicates) {
        return Template.define("corrected", "1.0.0", t -> {
            t.datastore("raw", d -> {
                d.time("ts")
                        .field("ts", Field.timestamp().required())
                        .field("asset", Field.text().required())
                        .field("v", Field.number().minimum(-1_000).maximum(1_000))
                        .field("k", Field.integer())
                        .accept(a -> a.past(Duration.ofDays(10)).future(Duration.ofDays(1)))
                        .chunk(Duration.ofDays(1));
                if (duplicates != Duplicates.KEEP) {
                    d.naturalKey("asset", "ts").duplicates(duplicates);
                }
            });
            var hourly = t.featurestore(
                    "hourly",
                    f -> f.rollup(
                            "datastore:raw",
                            r -> r.every(Duration.ofHours(1))
                                    .by("asset")
                                    .column("n", Aggregate.count())
                                    .column("v_max", Aggregate.max("v"))
                                    .column("k_sum", Aggregate.sum("k"))));
            t.featurestore(
                    "daily",
                    f -> f.rollup(
                            "featurestore:hourly",
                            r -> r.every(Period.ofDays(1)).column("n", Aggregate.sum("n"))));
            t.inferencestore(
                    "scores",
                    i -> i.time("bucket").naturalKey("asset", "bucket").column("score", Field.number()));
            t.model(
                    "m",
                    m -> m.anomaly("rcf")
                            .features(hourly, f -> f.columns("v_max").by("asset"))
                            .train(s -> s.window(Duration.ofDays(1)))
                            .score(s -> s.into("inferencestore:scores").afterRefresh()));
            t.model(
                    "direct",
                    m -> m.anomaly("rcf")
                            .features("datastore:raw", f -> f.columns("v").by("asset"))
                            .train(s -> s.window(Duration.ofDays(1)))
                            .score(s -> s.into("inferencestore:scores")));
        });
    }

    void write(List<? extends List<?>> rows) {
        t.storage.rows().write(TestStorage.write(w, raw, rows));
    }

    static TimeRange hours(long from, long to) {
        return TimeRange.of(T0.plus(Duration.ofHours(from)), T0.plus(Duration.ofHours(to)));
    }

    long delete(TimeRange range, Map<String, ? extends @Nullable Object> where) {
        return corrector.delete(new Corrector.Rows(w, raw, range, where));
    }

    CorrectResult correct(
            TimeRange range, Function<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> fix) {
        return correct(range, Map.of(), fix);
    }

    CorrectResult correct(
            TimeRange range,
            Map<String, ? extends @Nullable Object> where,
            Function<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> fix) {
        return corrector.correct(new Corrector.Rows(w, raw, range, where), fix);
    }

    void refresh() {
        w.template().featurestores().forEach(f -> refresher.refresh(w, f));
    }

    /** What waits for a consumer: {@code from to} in hours since the start, in order. */
    List<String> touched(String consumer) {
        return t.texts("SELECT round(extract(epoch FROM range_from - '" + T0 + "') / 3600, 3)::float8 || ' ' || "
                + "round(extract(epoch FROM range_to - '" + T0
                + "') / 3600, 3)::float8 FROM dlt_data.touched WHERE workspace = 1"
                + " AND consumer = '" + consumer + "' ORDER BY range_from");
    }

    void forgetTouched() {
        t.execute("DELETE FROM dlt_data.touched");
    }

    List<List<@Nullable Object>> rows() {
        return t.rows(w, raw);
    }

    /** Both roll-ups against plain SQL; empty when they are equal. */
    List<List<@Nullable Object>> wrong() {
        String hourly =
                "SELECT date_bin('1h', ts, 'epoch'::timestamptz) AS bucket, asset, count(*) AS n, max(v) AS v_max, sum(k) AS k_sum"
                        + " FROM raw_wid1 GROUP BY 1, 2";
        String daily =
                "SELECT date_bin('1d', ts, 'epoch'::timestamptz) AS bucket, count(*)::numeric AS n FROM raw_wid1 GROUP BY 1";
        return t.table("(" + hourly + " EXCEPT SELECT * FROM hourly_wid1) UNION ALL (SELECT * FROM hourly_wid1 EXCEPT "
                + hourly
                + ") UNION ALL SELECT bucket, NULL, NULL, NULL, n FROM ((" + daily + " EXCEPT SELECT * FROM daily_wid1)"
                + " UNION ALL (SELECT * FROM daily_wid1 EXCEPT " + daily + ")) d");
    }

    @Override
    public void close() {
        t.close();
    }
}
