package io.datalifecycle.dlt.examples.pumpstation;

import static io.datalifecycle.dlt.template.Aggregate.avg;
import static io.datalifecycle.dlt.template.Aggregate.max;
import static io.datalifecycle.dlt.template.Field.number;
import static io.datalifecycle.dlt.template.Field.text;
import static io.datalifecycle.dlt.template.Field.timestamp;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Template;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;

/** From a template to a metric in forty lines; the README shows this file. */
final class Quickstart {

    private Quickstart() {}

    // region declare
    static final Template PUMPS = Template.define("pumps", "1.0.0", t -> {
        var sensorData = t.datastore(
                "sensor_data",
                d -> d.time("ts")
                        .naturalKey("asset_id", "ts")
                        .field("ts", timestamp().required())
                        .field("asset_id", text(64).required())
                        .field("pressure", number("bar"))
                        .field("vibration", number("g")));

        var tenMinutes = t.featurestore(
                "pump_metrics_10min",
                f -> f.rollup(
                                sensorData,
                                r -> r.every(Duration.ofMinutes(10))
                                        .by("asset_id")
                                        .column("pressure_avg", avg("pressure"))
                                        .column("vibration_max", max("vibration")))
                        .refresh(r -> r.cron("*/10 * * * *")));

        t.metric(
                "pressure_by_asset",
                m -> m.sql("SELECT bucket, asset_id, pressure_avg FROM " + tenMinutes.ref()
                                + " WHERE bucket >= :from AND bucket < :to ORDER BY bucket")
                        .input("from", timestamp().required())
                        .input("to", timestamp().required())
                        .series(s ->
                                s.x("bucket").y("pressure_avg").by("asset_id").unit("bar")));
    });
    // endregion declare

    // region run
    static MetricResult run(DataSource database, Path ndjson) {
        var storage = PostgresStorage.builder().appDatabase(database).build();
        try (Dlt dlt = Dlt.builder().storage(storage).build()) {
            dlt.templates().publish(PUMPS);
            Workspace north = dlt.workspaces().provision("north-field", PUMPS, w -> w.timezone("America/Chicago"));

            IngestResult in = north.datastore("sensor_data").ingest(Rows.ndjson(ndjson));
            System.out.printf("%d stored, %d known, %d refused%n", in.accepted(), in.duplicate(), in.rejected());

            north.featurestore("pump_metrics_10min").refresh(); // or dlt.start(), and the schedule does it
            return north.metric("pressure_by_asset")
                    .with("from", "2026-03-01T00:00:00Z")
                    .with("to", "2026-03-08T00:00:00Z")
                    .evaluate();
        }
    }
    // endregion run
}
