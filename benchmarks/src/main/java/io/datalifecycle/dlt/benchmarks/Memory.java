package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Template;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the heap holds beyond the idle heap while a file of a million rows is read. */
final class Memory {

    private Memory() {}

    static Figures run(Settings settings) throws Exception {
        int rows = settings.size("rows", 1_000_000);
        Path file = Files.createTempFile("dlt-memory", ".ndjson");
        try (BenchDatabase database = BenchDatabase.open();
                Dlt dlt = Dlt.builder()
                        .storage(PostgresStorage.builder()
                                .appDatabase(database.pool())
                                .build())
                        .build()) {
            try (OutputStream out = Files.newOutputStream(file)) {
                for (int i = 0; i < rows; i++) {
                    out.write(SensorRows.row(i).json().getBytes(StandardCharsets.UTF_8));
                }
            }
            Template template = SensorRows.template(true);
            dlt.templates().publish(template);
            Workspace workspace = dlt.workspaces().provision("memory", template);
            try (Allocation allocation = new Allocation()) {
                long accepted = workspace
                        .datastore(SensorRows.STORE)
                        .ingest(Rows.ndjson(file))
                        .accepted();
                if (accepted != rows) {
                    throw new IllegalStateException(accepted + " rows are stored of " + rows);
                }
                return new Figures("memory")
                        .put("database", database.describe())
                        .put("rows", rows)
                        .put("file_mib", Files.size(file) >> 20)
                        .put("idle_heap_mib", allocation.idle() >> 20)
                        .put("most_after_a_collection_mib", allocation.peak() >> 20)
                        .put("above_idle_mib", (allocation.peak() - allocation.idle()) >> 20)
                        .put("goal_mib", 64)
                        .put("allocated_bytes_per_row", allocation.bytes() / rows);
            }
        } finally {
            Files.delete(file);
        }
    }
}
