package io.datalifecycle.dlt.storage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.DatastoreHandle;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.testdb.Backend;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that come in while a workspace goes back to an earlier version. */
class WayBackIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant START = Instant.parse("2026-02-20T00:00:00Z");

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void batchesReadForTheLaterVersionGoUnderTheEarlierNames(Backend backend) {
        try (PumpGrounds g = new PumpGrounds(backend)) {
            g.dlt.templates()
                    .publish(PumpGrounds.version(
                            "2.0.0",
                            "sensor_data:\n    time: ts",
                            "readings:\n    renamed_from: sensor_data\n    renamed_columns: { pressure_bar: pressure }\n    time: ts",
                            "datastore:sensor_data",
                            "datastore:readings",
                            "pressure: { type",
                            "pressure_bar: { type",
                            "avg(pressure)",
                            "avg(pressure_bar)",
                            "column: pressure,",
                            "column: pressure_bar,"));
            g.north = g.north.apply(g.north.plan("2.0.0"));
            DatastoreHandle later = g.north.datastore("readings");
            Iterator<Integer> numbers = IntStream.range(0, 300).boxed().iterator();
            Iterator<Map<String, Object>> source = new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return numbers.hasNext();
                }

                @Override
                public Map<String, Object> next() {
                    int n = numbers.next();
                    if (n == 150) {
                        g.north.apply(g.north.plan("1.0.0"));
                    }
                    return Map.of("ts", START.plusSeconds(n).toString(), "asset_id", "p", "pressure_bar", n % 10);
                }
            };
            Iterable<Map<String, Object>> rows = () -> source;
            IngestResult result = later.ingest(
                    Rows.of(rows), IngestOptions.builder().batchRows(50).build());
            assertThat(result.accepted()).isEqualTo(300);
            g.north = g.north.current();
            assertThat(g.north.templateId().version()).isEqualTo("1.0.0");
            assertThat(g.table("raw"))
                    .hasSize(300)
                    .allSatisfy(row -> assertThat(row.get(2)).isNotNull());
        }
    }
}
