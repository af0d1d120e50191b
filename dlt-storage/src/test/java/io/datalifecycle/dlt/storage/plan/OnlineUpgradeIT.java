package io.datalifecycle.dlt.storage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.DatastoreHandle;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.testdb.Backend;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Upgrades while rows come in: none is lost, and what is derived from them is right. */
class OnlineUpgradeIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant START = Instant.parse("2026-02-20T00:00:00Z");

    private static Map<String, Object> row(long n) {
        return Map.of("ts", START.plusSeconds(n * 7).toString(), "asset_id", "p" + n % 3, "pressure", n % 10);
    }

    /** A source that was begun before the upgrade and ends after it. */
    @ParameterizedTest
    @MethodSource(BACKENDS)
    void batchesReadBeforeGoUnderTheLaterNamesOverTwoVersions(Backend backend) {
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
            String renamed = PumpGrounds.version(
                    "3.0.0",
                    "sensor_data:",
                    "readings:",
                    "datastore:sensor_data",
                    "datastore:readings",
                    "pressure: { type",
                    "pressure_bar: { type",
                    "avg(pressure)",
                    "avg(pressure_bar)",
                    "column: pressure,",
                    "column: pressure_bar,");
            g.dlt.templates().publish(renamed); // renames nothing itself
            Iterator<Long> numbers = LongStream.range(0, 3_000).boxed().iterator();
            Iterator<Map<String, Object>> source = new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return numbers.hasNext();
                }

                @Override
                public Map<String, Object> next() {
                    long n = numbers.next();
                    if (n == 1_500) {
                        g.north.apply(g.north.plan("3.0.0"));
                    }
                    return row(n);
                }
            };
            Iterable<Map<String, Object>> rows = () -> source;
            IngestResult result = g.north
                    .datastore("sensor_data")
                    .ingest(
                            Rows.of(rows),
                            IngestOptions.builder().batchRows(100).build());
            assertThat(result.accepted()).isEqualTo(3_000);
            assertThat(result.rejected()).isZero();
            g.north = g.north.current();
            assertThat(g.north.templateId().version()).isEqualTo("3.0.0");
            g.refresh();
            assertThat(g.table("pressure").stream()
                            .mapToLong(row -> ((Number) row.get(3)).longValue())
                            .sum())
                    .isEqualTo(3_000);
            assertThat(g.table("raw")).allSatisfy(row -> assertThat(row.get(2)).isNotNull());
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void writersOfAnEarlierVersionFeedWhatTheLaterOneDerives(Backend backend) throws Exception {
        try (PumpGrounds g = new PumpGrounds(backend)) {
            DatastoreHandle old = g.north.datastore("sensor_data");
            String every = "every: PT1H";
            List<String> versions = List.of("PT30M", "PT20M", "PT15M");
            AtomicLong sent = new AtomicLong();
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Long> writer = CompletableFuture.supplyAsync(() -> {
                long accepted = 0;
                while (!done.get() || sent.get() < 4_000) {
                    long from = sent.getAndAdd(40);
                    accepted += old.ingest(Rows.of(LongStream.range(from, from + 40)
                                    .mapToObj(OnlineUpgradeIT::row)
                                    .toList()))
                            .accepted();
                }
                return accepted;
            });
            for (int i = 0; i < versions.size(); i++) {
                String version = (i + 2) + ".0.0";
                g.dlt.templates()
                        .publish(PumpGrounds.version(
                                version,
                                every,
                                "every: " + versions.get(i),
                                "n: count() }",
                                "n: count(), extra" + i + ": max(pressure) }",
                                "state: { type: [string, \"null\"] }",
                                "extra" + i + ": { type: [string, \"null\"] }"));
                g.north = g.north.apply(g.north.plan(version), ApplyOptions.ALLOW_DESTRUCTIVE);
            }
            done.set(true);
            assertThat(writer.get()).isEqualTo(sent.get());
            g.refresh();
            assertThat(g.table("pressure").stream()
                            .mapToLong(row -> ((Number) row.get(3)).longValue())
                            .sum())
                    .isEqualTo(sent.get());
        }
    }
}
