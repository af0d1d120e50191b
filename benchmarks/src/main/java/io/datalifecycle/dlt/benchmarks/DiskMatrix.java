package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.storage.PostgresStorage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ingest by columns, rows in the table before, key, repeated rows and writers, against binary COPY and JDBC batches. */
final class DiskMatrix {

    private DiskMatrix() {}

    static Figures run(Settings settings, boolean timescale) throws Exception {
        int rows = settings.size("rows", 200_000);
        int rounds = settings.size("rounds", 7);
        List<Object> cells = new ArrayList<>();
        Map<String, Object> server = Map.of();
        for (int columns : settings.size("wide", 1) == 1 ? new int[] {8, 64} : new int[] {8}) {
            int before = columns == 8
                    ? settings.size("before", 10_000_000)
                    : settings.size("wide_before", settings.size("before", 10_000_000));
            for (boolean keyed : new boolean[] {false, true}) {
                // A server for each table: its data is gone before the next is filled.
                try (BenchDatabase database = timescale
                                ? BenchDatabase.openTimescale()
                                        .orElseThrow(() -> new IllegalStateException(
                                                "no archive of TimescaleDB; run .ci/prepare-timescaledb"))
                                : BenchDatabase.open();
                        Dlt dlt = Dlt.builder()
                                .storage(PostgresStorage.builder()
                                        .appDatabase(database.pool())
                                        .build())
                                .build()) {
                    server = database.describe();
                    MatrixRows source = new MatrixRows(columns, columns == 8 ? rows : Math.max(10_000, rows / 4));
                    MatrixTable table = new MatrixTable(database, dlt, source, keyed);
                    for (int size : before > 10_000 ? new int[] {10_000, before} : new int[] {10_000}) {
                        table.fill(size);
                        for (int writers = 1; writers <= 2; writers++) {
                            cells.add(cell(table, size, writers, false, rounds));
                            if (keyed) {
                                cells.add(cell(table, size, writers, true, rounds));
                            }
                        }
                    }
                }
            }
        }
        return new Figures(timescale ? "disk-timescale" : "disk")
                .put("database", server)
                .put("rounds", rounds)
                .put("cells", cells);
    }

    private static Map<String, Object> cell(MatrixTable table, int before, int writers, boolean repeated, int rounds)
            throws Exception {
        Map<String, Object> cell = new LinkedHashMap<>();
        cell.put("columns", table.rows().columns());
        cell.put("rows_before", before);
        cell.put("natural_key", table.keyed());
        cell.put("stored_before_percent", repeated ? 10 : 0);
        cell.put("writers", writers);
        cell.put("rows", (long) table.rows().size() * writers);
        double[] ours = new double[rounds];
        double[] copy = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = -1; round < rounds; round++) { // the first is not counted
            boolean first = round % 2 == 0;
            double one = first ? table.ours(writers, repeated) : table.copy(writers);
            double two = first ? table.copy(writers) : table.ours(writers, repeated);
            if (round >= 0) {
                ours[round] = first ? one : two;
                copy[round] = first ? two : one;
                ratios[round] = copy[round] / ours[round];
            }
        }
        double rows = (double) table.rows().size() * writers;
        cell.put("dlt_rows_per_second", Math.round(rows / Figures.median(ours)));
        cell.put("copy_rows_per_second", Math.round(rows / Figures.median(copy)));
        cell.put("ratio_to_copy", Figures.rounded(Figures.median(ratios)));
        cell.put("ratios", ratios);
        double jdbc = table.jdbc(writers);
        cell.put("jdbc_rows_per_second", Math.round(rows / jdbc));
        cell.put("ratio_to_jdbc", Figures.rounded(jdbc / Figures.median(ours)));
        System.out.println(cell);
        return cell;
    }
}
