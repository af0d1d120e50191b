package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.PhysicalName;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * NDJSON bytes to validated rows in a durable, indexed table, against binary COPY of the same rows, encoded beforehand, and
 * against batches of JDBC inserts, into tables that DLT made alike. Runs alternate in one process, medians are compared.
 */
final class Ingest {

    private final BenchDatabase database;
    private final Dlt dlt;
    private final int rows;
    private final int runs;
    private final RawWriter raw;
    private final byte[] ndjson;

    private Ingest(BenchDatabase database, Dlt dlt, int rows, int runs) throws Exception {
        this.database = database;
        this.dlt = dlt;
        this.rows = rows;
        this.runs = runs;
        this.raw = new RawWriter(rows);
        this.ndjson = SensorRows.ndjson(rows, 0);
    }

    static Figures run(Settings settings) throws Exception {
        int rows = settings.size("rows", 500_000);
        int runs = settings.size("runs", 5);
        try (BenchDatabase database = BenchDatabase.open();
                Dlt dlt = Dlt.builder()
                        .storage(PostgresStorage.builder()
                                .appDatabase(database.pool())
                                .build())
                        .build()) {
            Ingest ingest = new Ingest(database, dlt, rows, runs);
            return new Figures("ingest")
                    .put("database", database.describe())
                    .put("rows", rows)
                    .put("columns", 8)
                    .put("bytes_per_row", ingest.ndjson.length / rows)
                    .put("runs", runs)
                    .put("without_key", ingest.compare(SensorRows.template(false), "open"))
                    .put("natural_key", ingest.compare(SensorRows.template(true), "keyed"))
                    .put("natural_key_10_percent_duplicates", ingest.duplicates(SensorRows.template(true)));
        }
    }

    private Workspace workspace(String key, Template template) {
        return dlt.workspaces().find(key).orElseGet(() -> dlt.workspaces().provision(key, template));
    }

    private static String table(Workspace workspace) {
        return "\"" + PhysicalName.table(SensorRows.STORE, workspace.id()) + "\"";
    }

    private Map<String, Object> compare(Template template, String name) throws Exception {
        dlt.templates().publish(template);
        boolean keyed = !SensorRows.store(template).naturalKey().isEmpty();
        Workspace ours = workspace(name + "-dlt", template);
        Workspace copy = workspace(name + "-copy", template);
        Workspace jdbc = workspace(name + "-jdbc", template);
        for (Workspace each : List.of(ours, copy, jdbc)) { // warms up and makes the partitions of all three
            ingest(each, ndjson);
        }
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            List<String> order = new ArrayList<>(List.of("dlt", "copy"));
            if (run < 3) {
                order.add("jdbc");
            }
            Collections.shuffle(order, new Random(run));
            for (String side : order) {
                Workspace workspace = side.equals("dlt") ? ours : side.equals("copy") ? copy : jdbc;
                Callable<Object> work = switch (side) {
                    case "dlt" -> () -> ingest(workspace, ndjson);
                    case "copy" ->
                        () -> {
                            raw.copy(database.pool(), table(workspace));
                            return 0;
                        };
                    default ->
                        () -> {
                            raw.jdbc(database.pool(), table(workspace), keyed);
                            return 0;
                        };
                };
                seconds.computeIfAbsent(side, s -> new ArrayList<>()).add(timed(workspace, rows, work));
            }
        }
        return figures(seconds, keyed ? 0.8 : 0.9);
    }

    private Map<String, Object> duplicates(Template template) throws Exception {
        Workspace ours = workspace("keyed-dlt", template);
        Workspace copy = workspace("keyed-copy", template);
        byte[] text = SensorRows.ndjson(rows, 10);
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            seconds.computeIfAbsent("dlt", s -> new ArrayList<>())
                    .add(timed(ours, rows - rows / 100 * 10, () -> ingest(ours, text)));
            seconds.computeIfAbsent("copy", s -> new ArrayList<>()).add(timed(copy, rows, () -> {
                raw.copy(database.pool(), table(copy));
                return 0;
            }));
        }
        return figures(seconds, 0.5);
    }

    private double timed(Workspace workspace, long expected, Callable<Object> work) throws Exception {
        database.clean(table(workspace));
        System.gc(); // so that one side does not collect what the other left
        long start = System.nanoTime();
        work.call();
        double took = (System.nanoTime() - start) / 1e9;
        long stored = database.count(table(workspace));
        if (stored != expected) {
            throw new IllegalStateException(stored + " rows are stored, " + expected + " are right");
        }
        return took;
    }

    private static IngestResult ingest(Workspace workspace, byte[] text) {
        IngestResult result = workspace.datastore(SensorRows.STORE).ingest(Rows.ndjson(new ByteArrayInputStream(text)));
        if (result.rejected() > 0) {
            throw new IllegalStateException(result.toString());
        }
        return result;
    }

    private Map<String, Object> figures(Map<String, List<Double>> seconds, double goal) {
        Map<String, Object> figures = new LinkedHashMap<>();
        Map<String, Double> medians = new LinkedHashMap<>();
        seconds.forEach((side, values) -> {
            double median = Figures.median(values.stream().mapToDouble(v -> v).toArray());
            medians.put(side, median);
            figures.put(side + "_rows_per_second", Math.round(rows / median));
            figures.put(
                    side + "_seconds",
                    Arrays.toString(
                            values.stream().mapToDouble(Figures::rounded).toArray()));
        });
        double ours = medians.getOrDefault("dlt", 1.0);
        figures.put("ratio_to_copy", Figures.rounded(medians.getOrDefault("copy", 0.0) / ours));
        figures.put("goal", goal);
        if (medians.containsKey("jdbc")) {
            figures.put("ratio_to_jdbc", Figures.rounded(medians.getOrDefault("jdbc", 0.0) / ours));
            figures.put("goal_to_jdbc", 2.5);
        }
        return figures;
    }
}
