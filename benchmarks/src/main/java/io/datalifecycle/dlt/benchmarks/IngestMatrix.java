package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.PhysicalName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * Ingest against binary COPY over what changes from house to house: TimescaleDB or none, one writer or two, 8 columns or 64, little or much
 * in the table before, with a natural key or without. Both sides write new rows behind those that are there, into the same table, in turn; medians of
 * the pairs' ratios are given.
 */
final class IngestMatrix {

    private static final int MORE = 56;

    private final DataSource database;
    private final Dlt dlt;
    private final int rows;
    private final int pairs;
    private int next = 1_000;

    private record Cell(boolean keyed, int more, int writers, int before) {

        Map<String, Object> describe(Backend backend) {
            Map<String, Object> about = new LinkedHashMap<>();
            about.put("timescaledb", backend == Backend.TIMESCALE);
            about.put("natural_key", keyed);
            about.put("columns", 8 + more);
            about.put("writers", writers);
            about.put("rows_before", before);
            return about;
        }
    }

    private IngestMatrix(DataSource database, Dlt dlt, int rows, int pairs) {
        this.database = database;
        this.dlt = dlt;
        this.rows = rows;
        this.pairs = pairs;
    }

    static Figures run(Settings settings) throws Exception {
        int rows = settings.size("rows", 200_000);
        int pairs = settings.size("pairs", 5);
        int much = settings.size("much", 10_000_000);
        List<Map<String, Object>> cells = new ArrayList<>();
        for (Backend backend : TestDatabase.available()) {
            for (boolean keyed : new boolean[] {false, true}) {
                for (Cell cell : List.of(
                        new Cell(keyed, 0, 1, 10_000),
                        new Cell(keyed, 0, 2, 10_000),
                        new Cell(keyed, MORE, 1, 10_000),
                        new Cell(keyed, 0, 1, much))) {
                    try (TestDatabase database = TestDatabase.create(backend);
                            Dlt dlt = Dlt.builder()
                                    .storage(PostgresStorage.builder()
                                            .appDatabase(database.dataSource())
                                            .build())
                                    .build()) {
                        Map<String, Object> figures = cell.describe(backend);
                        figures.putAll(new IngestMatrix(database.dataSource(), dlt, rows, pairs).measure(cell));
                        System.out.println(figures);
                        cells.add(figures);
                    }
                }
            }
        }
        return new Figures("matrix")
                .put("server", "the tests' embedded server, its data in memory, without fsync")
                .put("rows", rows)
                .put("pairs", pairs)
                .put("cells", cells);
    }

    private Map<String, Object> measure(Cell cell) throws Exception {
        Template template = SensorRows.template(cell.keyed, cell.more);
        dlt.templates().publish(template);
        Workspace workspace = dlt.workspaces().provision("north", template);
        String table = "\"" + PhysicalName.table(SensorRows.STORE, workspace.id()) + "\"";
        ingest(workspace, ndjson(0, 100, cell.more)); // the first partition
        fill(table, cell.before, cell.more);
        List<Double> ratios = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> allocated = new ArrayList<>();
        for (int pair = -2; pair < pairs; pair++) { // two to warm up
            List<byte[]> texts = new ArrayList<>();
            List<RawWriter> raws = new ArrayList<>();
            for (int writer = 0; writer < cell.writers; writer++) {
                int share = rows / cell.writers;
                texts.add(ndjson(next, share, cell.more));
                next += share;
                raws.add(new RawWriter(next, share, cell.more));
                next += share;
            }
            long before = allocatedBytes();
            double dltSeconds = timed(texts.stream()
                    .<Callable<Object>>map(text -> () -> ingest(workspace, text))
                    .toList());
            double bytes = (double) (allocatedBytes() - before) / rows;
            double copySeconds = timed(raws.stream()
                    .<Callable<Object>>map(raw -> () -> {
                        raw.copy(database, table);
                        return 0;
                    })
                    .toList());
            if (pair >= 0) {
                ratios.add(copySeconds / dltSeconds);
                ours.add(rows / dltSeconds);
                theirs.add(rows / copySeconds);
                allocated.add(bytes);
            }
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("dlt_rows_per_second", Math.round(median(ours)));
        figures.put("copy_rows_per_second", Math.round(median(theirs)));
        figures.put("ratio", Figures.rounded(median(ratios)));
        figures.put("allocated_bytes_per_row", Math.round(median(allocated)));
        figures.put("goal", cell.keyed ? 0.8 : 0.9);
        return figures;
    }

    private static double median(List<Double> values) {
        return Figures.median(values.stream().mapToDouble(v -> v).toArray());
    }

    private static double timed(List<Callable<Object>> works) throws Exception {
        System.gc();
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            long start = System.nanoTime();
            for (Future<Object> work : threads.invokeAll(works)) {
                work.get();
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            threads.shutdown();
        }
    }

    /** Of all threads that live; those of one ingest do. */
    private static long allocatedBytes() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getTotalThreadAllocatedBytes();
    }

    private static Object ingest(Workspace workspace, byte[] text) {
        var result = workspace.datastore(SensorRows.STORE).ingest(Rows.ndjson(new ByteArrayInputStream(text)));
        if (result.rejected() + result.duplicate() > 0) {
            throw new IllegalStateException(result.toString());
        }
        return result;
    }

    private static byte[] ndjson(int from, int count, int more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(count * (170 + more * 14));
        for (int i = from; i < from + count; i++) {
            out.writeBytes(SensorRows.row(i).json(i, more).getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    /** Rows of years before, made by the server. */
    private void fill(String table, int count, int more) throws Exception {
        StringBuilder names = new StringBuilder("ts, asset_id, pressure, vibration, temperature, flow, cycles, state");
        StringBuilder values = new StringBuilder(
                "timestamptz '2026-03-01' - make_interval(secs => 1 + g / 50), 'P-' || (100 + g % 50),"
                        + " g % 10000 / 1000.0, g % 77 / 3.0, g % 9000 / 100.0, g % 1000000 / 1000.0, g % 100000, 'running'");
        for (int i = 0; i < more; i++) {
            names.append(", c").append(i);
            values.append(", g % 1000 / 7.0");
        }
        ingest(dlt.workspaces().workspace("north"), partitions(count, more));
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO " + table + " (" + names + ") SELECT " + values
                    + " FROM generate_series(51, " + count + ") g");
            statement.execute("ANALYZE " + table);
        }
    }

    /** A row for each week that is filled, so that there is a partition. */
    private static byte[] partitions(int count, int more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (long second = 1; second <= 1 + count / 50 + 604_800; second += 86_400) {
            String line = SensorRows.row(0).json(0, more);
            String at = java.time.Instant.parse("2026-03-01T00:00:00Z")
                    .minusSeconds(second)
                    .toString();
            out.writeBytes(line.replaceFirst("\"ts\":\"[^\"]*\"", "\"ts\":\"" + at + "\"")
                    .replaceFirst("P-100", "Q-1")
                    .getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
