package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.PhysicalName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The same files, read and stored by DLT and by a step of Spring Batch, into tables that DLT made alike. */
final class Peer {

    private Peer() {}

    static Figures run(Settings settings) throws Exception {
        int rows = settings.size("rows", 200_000);
        int rounds = settings.size("rounds", 5);
        Path lines = Files.createTempFile("dlt-peer", ".ndjson");
        Path array = Files.createTempFile("dlt-peer", ".json");
        try (BenchDatabase database = BenchDatabase.open();
                Dlt dlt = Dlt.builder()
                        .storage(PostgresStorage.builder()
                                .appDatabase(database.pool())
                                .build())
                        .build()) {
            byte[] text = SensorRows.ndjson(rows, 0);
            Files.write(lines, text);
            String joined = new String(text, StandardCharsets.UTF_8).strip().replace("\n", ",\n");
            Files.writeString(array, "[" + joined + "]");
            Template template = SensorRows.template(true);
            dlt.templates().publish(template);
            Workspace workspace = dlt.workspaces().provision("peer", template);
            String table = "\"" + PhysicalName.table(SensorRows.STORE, workspace.id()) + "\"";
            SpringBatch batch = new SpringBatch(database.pool(), table);
            Figures figures = new Figures("peer")
                    .put("database", database.describe())
                    .put("rows", rows)
                    .put("columns", 8)
                    .put("rounds", rounds)
                    .put("goal", 4);
            figures.put(
                    "json_array",
                    compare(
                            database,
                            table,
                            rows,
                            rounds,
                            () -> ingest(workspace, Rows.json(array)),
                            () -> batch.run(SpringBatch.json(array))));
            figures.put(
                    "ndjson",
                    compare(
                            database,
                            table,
                            rows,
                            rounds,
                            () -> ingest(workspace, Rows.ndjson(lines)),
                            () -> batch.run(SpringBatch.lines(lines))));
            return figures;
        } finally {
            Files.delete(lines);
            Files.delete(array);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void ingest(Workspace workspace, Rows rows) {
        workspace.datastore(SensorRows.STORE).ingest(rows);
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // the two sides and what both share
    private static Map<String, Object> compare(
            BenchDatabase database, String table, int rows, int rounds, Work ours, Work peer) throws Exception {
        ours.run(); // makes the partitions
        double[] one = new double[rounds];
        double[] two = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            double first = timed(database, table, rows, ours);
            double second = timed(database, table, rows, peer);
            if (round >= 0) {
                one[round] = first;
                two[round] = second;
                ratios[round] = second / first;
            }
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("dlt_rows_per_second", Math.round(rows / Figures.median(one)));
        figures.put("spring_batch_rows_per_second", Math.round(rows / Figures.median(two)));
        figures.put("ratio", Figures.rounded(Figures.median(ratios)));
        figures.put("ratios", ratios);
        return figures;
    }

    private static double timed(BenchDatabase database, String table, int rows, Work work) throws Exception {
        database.clean(table);
        System.gc();
        long start = System.nanoTime();
        work.run();
        double took = (System.nanoTime() - start) / 1e9;
        if (database.count(table) != rows) {
            throw new IllegalStateException(database.count(table) + " rows are stored, " + rows + " are right");
        }
        return took;
    }
}
