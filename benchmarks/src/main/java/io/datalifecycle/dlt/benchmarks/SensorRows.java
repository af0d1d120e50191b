package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Rows of eight columns, the same for the same number: 50 pumps, one row a second each, in the order of time. */
final class SensorRows {

    static final String STORE = "sensor_data";

    /** Pressure by asset and minute. */
    static final String METRIC_SQL = """
            SELECT date_bin('1 minute', ts, timestamptz '2000-01-01') AS bucket, asset_id, avg(pressure) AS pressure
              FROM datastore:sensor_data
             WHERE ts >= :from AND ts < :to
             GROUP BY 1, 2 ORDER BY 1, 2""";

    private static final int ASSETS = 50;
    private static final long START = Instant.parse("2026-03-01T00:00:00Z").getEpochSecond();
    private static final List<String> STATES = List.of("running", "idle", "stopped");

    private SensorRows() {}

    /** The store, with or without a natural key. */
    static Template template(boolean keyed) {
        return Template.define(keyed ? "bench_keyed" : "bench_open", "1.0.0", t -> {
            t.datastore(STORE, d -> {
                d.time("ts")
                        .field("ts", Field.timestamp().required())
                        .field("asset_id", Field.text(64).required())
                        .field("pressure", Field.number("bar").minimum(0))
                        .field("vibration", Field.number("g"))
                        .field("temperature", Field.number("°C"))
                        .field("flow", Field.number("m3/h"))
                        .field("cycles", Field.integer().minimum(0))
                        .field("state", Field.oneOf("running", "idle", "stopped"));
                if (keyed) {
                    d.naturalKey("asset_id", "ts");
                }
            });
            t.metric(
                    "pressure_by_asset",
                    m -> m.sql(METRIC_SQL)
                            .input("from", Field.timestamp().required())
                            .input("to", Field.timestamp().required())
                            .series(s ->
                                    s.x("bucket").y("pressure").by("asset_id").unit("bar")));
        });
    }

    static Datastore store(Template template) {
        return (Datastore) template.stores().iterator().next();
    }

    /** One row. Two calls for the same index give the same. */
    static Row row(int index) {
        Random random = new Random(index * 2_654_435_761L);
        return new Row(
                START + index / ASSETS,
                "P-" + (100 + index % ASSETS),
                random.nextInt(10_000) / 1_000.0,
                random.nextDouble(),
                random.nextInt(-2_000, 9_000) / 100.0,
                random.nextInt(1_000_000) / 1_000.0,
                random.nextInt(100_000),
                STATES.get(random.nextInt(10) < 8 ? 0 : 1 + index % 2));
    }

    /** The rows as NDJSON; of a hundred rows the last so many are copies of rows before them. */
    static byte[] ndjson(int rows, int duplicatePercent) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(rows * 170);
        for (int i = 0; i < rows; i++) {
            boolean copy = i % 100 >= 100 - duplicatePercent;
            byte[] line = row(copy ? i - 50 : i).json().getBytes(StandardCharsets.UTF_8);
            out.write(line, 0, line.length);
        }
        return out.toByteArray();
    }

    record Row(
            long second,
            String asset,
            double pressure,
            double vibration,
            double temperature,
            double flow,
            long cycles,
            String state) {

        String json() {
            return "{\"ts\":\"" + Instant.ofEpochSecond(second) + "\",\"asset_id\":\"" + asset + "\",\"pressure\":"
                    + pressure
                    + ",\"vibration\":" + vibration + ",\"temperature\":" + temperature + ",\"flow\":" + flow
                    + ",\"cycles\":" + cycles
                    + ",\"state\":\"" + state + "\"}\n";
        }
    }
}
