package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.FeaturestoreHandle;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.PhysicalName;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What a roll-up costs: filling it whole, against one INSERT … SELECT … GROUP BY into a table made alike; after ten new minutes, over histories of
 * different lengths; after late rows all over the history. Each asset gives a row a minute.
 */
final class Refresh {

    private static final int ASSETS = 500;
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final int NEW_MINUTES = 10;

    private static final Template TEMPLATE = Template.define("refresh", "1.0.0", t -> {
        t.datastore(
                "raw",
                d -> d.time("ts")
                        .naturalKey("asset_id", "ts")
                        .field("ts", Field.timestamp().required())
                        .field("asset_id", Field.text(64).required())
                        .field("pressure", Field.number())
                        .field("vibration", Field.number())
                        .chunk(Duration.ofDays(7)));
        t.featurestore(
                "ten",
                f -> f.rollup(
                        "datastore:raw",
                        r -> r.every(Duration.ofMinutes(10))
                                .by("asset_id")
                                .column("pressure_avg", Aggregate.avg("pressure"))
                                .column("vibration_max", Aggregate.max("vibration"))
                                .column("samples", Aggregate.count())));
    });

    private final BenchDatabase database;
    private final Dlt dlt;
    private final int runs;

    private Refresh(BenchDatabase database, Dlt dlt, int runs) {
        this.database = database;
        this.dlt = dlt;
        this.runs = runs;
    }

    /** On native partitions; with {@code timescale} on hypertables, where the archive is there. */
    static Figures run(Settings settings, boolean timescale) throws Exception {
        Figures figures = new Figures(timescale ? "refresh-timescale" : "refresh");
        Optional<BenchDatabase> opened = timescale ? BenchDatabase.openTimescale() : Optional.of(BenchDatabase.open());
        if (opened.isEmpty()) {
            return figures.put("skipped", "no TimescaleDB archive; run .ci/prepare-timescaledb");
        }
        int most = settings.size("rows", 10_000_000);
        try (BenchDatabase database = opened.get();
                Dlt dlt = Dlt.builder()
                        .storage(PostgresStorage.builder()
                                .appDatabase(database.pool())
                                .build())
                        .build()) {
            dlt.templates().publish(TEMPLATE);
            Refresh refresh = new Refresh(database, dlt, settings.size("runs", 7));
            figures.put("database", database.describe()).put("assets", ASSETS);
            refresh.size(most / 10); // warms up
            Map<String, Double> fresh = new LinkedHashMap<>();
            for (int rows : new int[] {most / 10, most / 2, most}) {
                Map<String, Object> size = refresh.size(rows);
                fresh.put("rows_" + rows, (Double) size.get("ten_new_minutes_ms"));
                figures.put("rows_" + rows, size);
            }
            List<Double> times = new ArrayList<>(fresh.values());
            figures.put("ten_new_minutes_largest_to_smallest", Figures.rounded(times.get(2) / times.get(0)));
        }
        return figures;
    }

    private Map<String, Object> size(int rows) throws Exception {
        String key = "w" + rows + "-" + dlt.workspaces().list().size();
        Workspace ours = dlt.workspaces().provision(key, TEMPLATE);
        Workspace plain = dlt.workspaces().provision(key + "-plain", TEMPLATE);
        int minutes = rows / ASSETS;
        Instant end = START.plus(Duration.ofMinutes(minutes));
        room(ours, end);
        room(plain, end);
        database.execute("INSERT INTO " + table(ours, "raw")
                + " (ts, asset_id, pressure, vibration) SELECT timestamptz '" + START
                + "' + m * interval '1 minute', 'asset-' || a, "
                + "1 + (m * 31 + a * 7) % 100 / 8.0, (m * 17 + a) % 50 / 16.0 FROM generate_series(0, " + (minutes - 1)
                + ") m, generate_series(1, " + ASSETS + ") a");
        database.execute("VACUUM ANALYZE " + table(ours, "raw"));
        FeaturestoreHandle ten = ours.featurestore("ten");
        Map<String, Object> figures = new LinkedHashMap<>();
        double[] whole = new double[3];
        double[] bare = new double[3];
        for (int run = 0; run < 3; run++) {
            database.clean(table(ours, "ten"));
            whole[run] = millis(ten::recompute);
            database.clean(table(plain, "ten"));
            bare[run] = millis(() -> insertSelect(ours, plain));
        }
        figures.put("whole_ms", Figures.rounded(Figures.median(whole)));
        figures.put("insert_select_ms", Figures.rounded(Figures.median(bare)));
        figures.put("whole_to_insert_select", Figures.rounded(Figures.median(whole) / Figures.median(bare)));
        if (database.count(table(ours, "ten")) != database.count(table(plain, "ten"))) {
            throw new IllegalStateException("the roll-up has other rows than the plain statement gives");
        }
        database.execute("VACUUM ANALYZE " + table(ours, "ten"));
        double[] fresh = new double[runs];
        for (int run = 0; run < runs; run++) {
            Instant from = end.plus(Duration.ofMinutes((long) run * NEW_MINUTES));
            ours.datastore("raw").ingest(minutes(from));
            fresh[run] = millis(ten::refresh);
        }
        figures.put("ten_new_minutes_ms", Figures.rounded(Figures.median(fresh)));
        late(ours, minutes, rows / 100);
        figures.put("late_rows", rows / 100);
        figures.put("one_percent_late_ms", Figures.rounded(millis(ten::refresh)));
        dlt.workspaces().delete(ours.key());
        dlt.workspaces().delete(plain.key());
        return figures;
    }

    /** Partitions for the whole span, so that neither side makes them while it is timed. */
    private static void room(Workspace workspace, Instant end) {
        workspace.datastore("raw").ingest(row(START, 0));
        for (Instant at = START; at.isBefore(end); at = at.plus(Duration.ofDays(1))) {
            workspace.datastore("raw").ingest(row(at.plusSeconds(30), 0));
        }
        workspace.featurestore("ten").refresh();
    }

    private boolean insertSelect(Workspace from, Workspace to) throws SQLException {
        database.execute("SET work_mem = '64MB'; INSERT INTO " + table(to, "ten")
                + " (bucket, asset_id, pressure_avg, vibration_max, samples) SELECT date_bin('10 minutes', ts, '1970-01-01Z'), "
                + "asset_id, avg(pressure), max(vibration), count(*) FROM " + table(from, "raw") + " GROUP BY 1, 2");
        return true;
    }

    /** Rows half a minute beside those that are there, anywhere in the history. */
    private static void late(Workspace workspace, int minutes, int rows) {
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            Instant at = START.plus(Duration.ofMinutes(random.nextInt(minutes))).plusSeconds(1 + random.nextInt(58));
            lines.append(line(at, random.nextInt(ASSETS)));
        }
        workspace.datastore("raw").ingest(ndjson(lines));
    }

    private static Rows minutes(Instant from) {
        StringBuilder lines = new StringBuilder();
        for (int minute = 0; minute < NEW_MINUTES; minute++) {
            for (int asset = 1; asset <= ASSETS; asset++) {
                lines.append(line(from.plus(Duration.ofMinutes(minute)), asset));
            }
        }
        return ndjson(lines);
    }

    private static Rows row(Instant at, int asset) {
        return ndjson(line(at, asset));
    }

    private static Rows ndjson(CharSequence lines) {
        return Rows.ndjson(new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String line(Instant at, int asset) {
        return "{\"ts\":\"" + at + "\",\"asset_id\":\"asset-" + asset + "\",\"pressure\":" + (asset % 100 / 8.0)
                + ",\"vibration\":" + (asset % 50 / 16.0) + "}\n";
    }

    private interface Work {
        Object run() throws Exception;
    }

    private static double millis(Work work) throws Exception {
        long started = System.nanoTime();
        work.run();
        return (System.nanoTime() - started) / 1e6;
    }

    private static String table(Workspace workspace, String store) {
        return "\"" + PhysicalName.table(store, workspace.id()) + "\"";
    }
}
